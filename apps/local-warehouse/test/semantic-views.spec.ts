import { DriverSession, startTestWarehouse, type TestWarehouse } from './driver-session';

const sample = 'snowflake_sample_data.tpch_sf1';

describe('semantic views', () => {
  let warehouse: TestWarehouse;
  let session: DriverSession;
  const rows = async (sql: string, binds?: (string | number)[]) =>
    (await session.run(sql, binds ? { binds } : {})).rows;
  /** Both give the same rows, and some. */
  const same = async (asked: string, written: string) => {
    const [found, wanted] = [await rows(asked), await rows(written)];
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(wanted);
  };
  const refused = (sql: string, why: RegExp = /./) => expect(session.run(sql)).rejects.toThrow(why);

  beforeAll(async () => {
    warehouse = await startTestWarehouse();
    session = await DriverSession.open(warehouse, { database: 'DEMO', schema: 'PUBLIC' });
  }, 60_000);
  afterAll(() => warehouse.stop());

  it('gives a metric by a dimension that is two joins away', () =>
    same(
      'SELECT * FROM SEMANTIC_VIEW(sales_model DIMENSIONS customer_nations.customer_nation METRICS orders.order_value) ORDER BY 1',
      `SELECT n_name, SUM(o_totalprice) FROM ${sample}.orders JOIN ${sample}.customer ON o_custkey = c_custkey JOIN ${sample}.nation ON n_nationkey = c_nationkey GROUP BY 1 ORDER BY 1`,
    ));

  it('computes metrics of several tables over their own rows, so that no order is counted once for each of its lines', () =>
    same(
      'SELECT * FROM SEMANTIC_VIEW(sales_model DIMENSIONS customers.market_segment METRICS orders.order_count, line_items.revenue, customers.customer_count, revenue_per_order) ORDER BY 1',
      `SELECT s, orders, revenue, customers, revenue / orders FROM
         (SELECT c_mktsegment s, COUNT(*) customers FROM ${sample}.customer GROUP BY 1)
         JOIN (SELECT c_mktsegment s2, COUNT(*) orders FROM ${sample}.orders JOIN ${sample}.customer ON o_custkey = c_custkey GROUP BY 1) ON s = s2
         JOIN (SELECT c_mktsegment s3, SUM(l_extendedprice * (1 - l_discount)) revenue FROM ${sample}.lineitem JOIN ${sample}.orders ON l_orderkey = o_orderkey JOIN ${sample}.customer ON o_custkey = c_custkey GROUP BY 1) ON s = s3
       ORDER BY 1`,
    ));

  it('gives metrics without dimensions as one row', () =>
    same(
      'SELECT * FROM SEMANTIC_VIEW(sales_model METRICS order_count, customer_count)',
      `SELECT (SELECT COUNT(*) FROM ${sample}.orders), (SELECT COUNT(*) FROM ${sample}.customer)`,
    ));

  it('filters rows before it measures, with binds, and computes expressions of dimensions', async () => {
    const asked =
      'SELECT * FROM SEMANTIC_VIEW(sales_model DIMENSIONS YEAR(orders.order_date) AS order_year METRICS line_items.revenue WHERE customers.market_segment = ? AND orders.order_date >= ?) WHERE order_year < ? ORDER BY 1';
    const found = await rows(asked, ['BUILDING', '1995-01-01', 1997]);
    expect(found).toEqual(
      await rows(
        `SELECT YEAR(o_orderdate), SUM(l_extendedprice * (1 - l_discount)) FROM ${sample}.lineitem JOIN ${sample}.orders ON l_orderkey = o_orderkey JOIN ${sample}.customer ON o_custkey = c_custkey WHERE c_mktsegment = 'BUILDING' AND YEAR(o_orderdate) IN (1995, 1996) GROUP BY 1 ORDER BY 1`,
      ),
    );
    expect(found).toHaveLength(2);
  });

  it('lists dimensions without a metric once each, and facts row by row', async () => {
    expect(await rows('SELECT * FROM SEMANTIC_VIEW(sales_model DIMENSIONS customer_region) ORDER BY 1')).toHaveLength(
      5,
    );
    await same(
      'SELECT COUNT(*) FROM SEMANTIC_VIEW(sales_model DIMENSIONS orders.order_status FACTS orders.total_price)',
      `SELECT COUNT(*) FROM ${sample}.orders`,
    );
  });

  it('refuses what would count rows twice, what is ambiguous and what it does not know', async () => {
    const ask = (inside: string, why: RegExp) => refused(`SELECT * FROM SEMANTIC_VIEW(sales_model ${inside})`, why);
    await ask('DIMENSIONS parts.brand METRICS orders.order_count', /counted more than once/);
    await ask("METRICS customers.customer_count WHERE orders.order_status = 'F'", /counted more than once/);
    await ask('DIMENSIONS parts.colour', /PARTS.COLOUR is no fact or dimension/);
    await ask('METRICS orders.profit', /no metric/);
    await ask('FACTS orders.total_price METRICS orders.order_count', /together/);
  });

  it('is made, listed, described and dropped', async () => {
    await session.run(`CREATE OR REPLACE SEMANTIC VIEW nations
      TABLES (n AS ${sample}.nation PRIMARY KEY (n_nationkey) COMMENT = 'Countries', r AS ${sample}.region PRIMARY KEY (r_regionkey))
      RELATIONSHIPS (n_to_r AS n (n_regionkey) REFERENCES r)
      FACTS (n.name_length AS LENGTH(n_name))
      DIMENSIONS (r.region AS r_name WITH SYNONYMS = ('continent'), n.n_name AS n_name COMMENT = 'A name')
      METRICS (n.nation_count AS COUNT(n_nationkey), n.longest AS MAX(name_length), double_count AS n.nation_count * 2)
      COMMENT = 'Where people live'`);
    expect(
      await rows(
        'SELECT * FROM SEMANTIC_VIEW(nations DIMENSIONS r.region METRICS n.nation_count, n.longest, double_count) ORDER BY region',
      ),
    ).toContainEqual(['ASIA', '5', '9', '10']);
    expect((await rows("SHOW SEMANTIC VIEWS LIKE 'NAT%' IN SCHEMA DEMO.PUBLIC")).map((row) => row[1])).toEqual([
      'NATIONS',
    ]);
    expect((await rows('SHOW SEMANTIC DIMENSIONS IN nations')).map((row) => row[4])).toEqual(['N_NAME', 'REGION']);
    expect((await rows('SHOW SEMANTIC METRICS IN nations')).map((row) => row[4])).toEqual([
      'NATION_COUNT',
      'LONGEST',
      'DOUBLE_COUNT',
    ]);
    const described = await rows('DESCRIBE SEMANTIC VIEW nations');
    expect(described).toContainEqual(['DIMENSION', 'REGION', 'R', 'DATA_TYPE', 'VARCHAR(25)']);
    expect(described).toContainEqual(['RELATIONSHIP', 'N_TO_R', 'N', 'FOREIGN_KEY', '["N_REGIONKEY"]']);
    await refused('CREATE SEMANTIC VIEW nations TABLES (demo.public.nothing) METRICS (nothing.x AS COUNT(1))');
    await session.run('DROP SEMANTIC VIEW nations');
    await refused('DESCRIBE SEMANTIC VIEW nations', /does not exist/);
  });

  it('checks every part of a view before it keeps it', async () => {
    const make = (rest: string, why: RegExp) =>
      refused(
        `CREATE SEMANTIC VIEW broken TABLES (o AS ${sample}.orders PRIMARY KEY (o_orderkey), c AS ${sample}.customer) ${rest}`,
        why,
      );
    await make('DIMENSIONS (o.x AS o_nothing)', /O_NOTHING/);
    await make('DIMENSIONS (o.x AS y, o.y AS x)', /defined by itself/);
    await make(
      'RELATIONSHIPS (o (o_custkey) REFERENCES c (c_custkey)) DIMENSIONS (o.s AS o_orderstatus)',
      /at most one/,
    );
    await make('', /neither a dimension nor a metric/);
  });

  it('is made of YAML, and may only be checked', async () => {
    const yaml = `name: yaml_nations
tables:
  - name: nations
    base_table: { database: SNOWFLAKE_SAMPLE_DATA, schema: TPCH_SF1, table: NATION }
    metrics: [{ name: how_many, expr: COUNT(*) }]`;
    await session.run('CALL SYSTEM$CREATE_SEMANTIC_VIEW_FROM_YAML(?, ?, TRUE)', { binds: ['DEMO.PUBLIC', yaml] });
    await refused('DESCRIBE SEMANTIC VIEW yaml_nations');
    await session.run('CALL SYSTEM$CREATE_SEMANTIC_VIEW_FROM_YAML(?, ?)', { binds: ['DEMO.PUBLIC', yaml] });
    expect(await rows('SELECT how_many FROM SEMANTIC_VIEW(yaml_nations METRICS nations.how_many)')).toEqual([['25']]);
    await refused("CALL SYSTEM$CREATE_SEMANTIC_VIEW_FROM_YAML('DEMO.PUBLIC', 'name: x')", /line 1/);
  });

  it('is read by the analyst role, which may make and drop none', async () => {
    const analyst = await DriverSession.open(warehouse, {
      username: 'analyst',
      password: 'analyst',
      database: 'DEMO',
      schema: 'PUBLIC',
    });
    expect((await analyst.run('SELECT * FROM SEMANTIC_VIEW(sales_model METRICS orders.order_count)')).rows).toEqual([
      ['15000'],
    ]);
    await expect(analyst.run('DROP SEMANTIC VIEW sales_model')).rejects.toThrow(/privileges/);
    await expect(
      analyst.run(`CREATE SEMANTIC VIEW mine TABLES (${sample}.region) METRICS (region.n AS COUNT(*))`),
    ).rejects.toThrow(/privileges/);
  });
});
