import { DriverSession, startTestWarehouse, type TestWarehouse } from './driver-session';
import { goldenStatements } from './golden-statements';

const plain = (value: unknown) =>
  value === null ? null : typeof value === 'object' ? JSON.stringify(value) : String(value);
const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

describe('statements', () => {
  let warehouse: TestWarehouse;
  let session: DriverSession;

  beforeAll(async () => {
    warehouse = await startTestWarehouse();
    session = await DriverSession.open(warehouse, { database: 'DEMO', schema: 'PUBLIC' });
  });

  afterAll(async () => {
    await session.close();
    await warehouse.stop();
  });

  it.each(goldenStatements)('answers as Snowflake does: $sql', async ({ sql, rows, ordered }) => {
    const answer = (await session.run(sql)).rows.map((row) => row.map(plain));
    if (rows) expect(ordered ? answer : answer.sort(byText)).toEqual(rows);
  });

  it.each([
    ['1', '1 FIXED(1,0) NOT NULL'],
    ['1.50', '1.50 FIXED(3,2) NOT NULL'],
    ['1e3', '1E3 REAL NOT NULL'],
    ['amt', 'AMT FIXED(38,0)'],
    ['1 + 1.5', '1 + 1.5 FIXED(3,1) NOT NULL'],
    ['l_extendedprice * (1 - l_discount)', 'L_EXTENDEDPRICE * (1 - L_DISCOUNT) FIXED(25,4) NOT NULL'],
    ['l_extendedprice / l_quantity', 'L_EXTENDEDPRICE / L_QUANTITY FIXED(20,8) NOT NULL'],
    ['COUNT(*)', 'COUNT(*) FIXED(18,0) NOT NULL'],
    ['SUM(l_quantity)', 'SUM(L_QUANTITY) FIXED(38,2)'],
    ['AVG(l_quantity)', 'AVG(L_QUANTITY) FIXED(38,8)'],
    ['AVG(l_orderkey)', 'AVG(L_ORDERKEY) FIXED(38,6)'],
    ['MAX(l_shipdate)', 'MAX(L_SHIPDATE) DATE'],
    ['CURRENT_TIMESTAMP()', 'CURRENT_TIMESTAMP() TIMESTAMP_LTZ NOT NULL'],
    ["'2024-01-01'::TIMESTAMP", "'2024-01-01'::TIMESTAMP TIMESTAMP_NTZ NOT NULL"],
    ["PARSE_JSON('{}')", "PARSE_JSON('{}') VARIANT"],
  ])('types %s', async (expression, type) => {
    const from = expression.startsWith('amt')
      ? ' FROM sales'
      : /l_/i.test(expression) || /COUNT/.test(expression)
        ? ' FROM lineitem'
        : '';
    expect((await session.run(`SELECT ${expression}${from} LIMIT 1`)).types).toEqual([type]);
  });

  it.each([
    ['SELECT 10 / 3', '3.333333'],
    ['SELECT 1 / 3 * 3', '0.999999'],
    ['SELECT -7 / 2', '-3.500000'],
    ['SELECT 2.5::INT', '3'],
    ['SELECT -2.5::NUMBER(10,0)', '-3'],
    ['SELECT 12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
    ['SELECT 99999999999999999999 + 1', '100000000000000000000'],
    ['SELECT SUM(x) / COUNT(*) FROM (SELECT 0.10 AS x UNION ALL SELECT 0.20)', '0.15000000'],
    ['SELECT AVG(x) FROM (SELECT 1 AS x UNION ALL SELECT 2)', '1.500000'],
    ['SELECT ROUND(2.345, 2)', '2.35'],
    ['SELECT ROUND(1250, -2)', '1300'],
    ['SELECT TRUNC(-2.789, 1)', '-2.7'],
    ['SELECT CEIL(-2.5)', '-2'],
    ['SELECT FLOOR(-2.5)', '-3'],
    ['SELECT MOD(-7, 3)', '-1'],
    ["SELECT SUBSTR('abc', 0, 2)", 'ab'],
    ['SELECT GREATEST(1, NULL, 3)', 'NULL'],
    ["SELECT DATEADD(MONTH, 1, '2024-01-31'::DATE)", '2024-02-29'],
    ["SELECT ADD_MONTHS('2024-02-29'::DATE, 1)", '2024-03-31'],
    ["SELECT DATEDIFF(HOUR, '2024-01-01 10:59'::TIMESTAMP, '2024-01-01 11:01'::TIMESTAMP)", '1'],
    ["SELECT DAYOFWEEK('2024-03-10'::DATE)", '0'],
    ["SELECT '2024-03-10'::DATE - '2024-03-01'::DATE", '9'],
    ['SELECT PARSE_JSON(\'{"a": {"b": [1, 2]}}\'):a.b[1]::INT', '2'],
  ])('computes %s', async (sql, value) => {
    expect((await session.rows(sql)).map(([first]) => String(first))).toEqual([value]);
  });

  it.each([
    ['SELEC 1', '001003', '42000', 1, 0],
    ['SELECT 1 +', '001003', '42000', 1, 10],
    ['SELECT\n  FROM sales', '001003', '42000', 2, 2],
    ['SELECT emp,\n  wrong FROM sales', '000904', '42000', 2, 2],
    ['SELECT s.wrong FROM sales s', '000904', '42000', 1, 7],
    ['SELECT * FROM nowhere', '002003', '42S02', -1, -1],
    ['USE SCHEMA nowhere', '002043', '02000', -1, -1],
    ["SELECT 'x'::INT", '100038', '22018', -1, -1],
    ['SELECT emp::NUMBER FROM sales', '100038', '22018', -1, -1],
    ["SELECT 'never'::DATE", '100040', '22007', -1, -1],
    ["SELECT 'never'::TIMESTAMP", '100035', '22007', -1, -1],
    ["SELECT 'maybe'::BOOLEAN", '100037', '22018', -1, -1],
    ['SELECT 1 / 0', '100051', '22012', -1, -1],
    ['SELECT amt / (amt - amt) FROM sales', '100051', '22012', -1, -1],
    ['SELECT emp, SUM(amt) FROM sales', '000979', '42601', -1, -1],
    ['CREATE TABLE sales (a INT)', '002002', '42710', -1, -1],
    ['INSERT INTO src (id, name) VALUES (1)', '002020', '21S01', 1, 0],
  ])('fails %s as Snowflake does', async (sql, code, sqlState, line, pos) => {
    expect(await session.failure(sql)).toMatchObject({ code, sqlState, data: { line, pos } });
  });

  it('refuses what does not fit a column', async () => {
    await session.run('CREATE OR REPLACE TABLE narrow (a VARCHAR(3) NOT NULL, b NUMBER(3,1))');
    expect((await session.failure("INSERT INTO narrow VALUES ('long', 1)")).code).toBe('100078');
    expect((await session.failure('INSERT INTO narrow VALUES (NULL, 1)')).message).toContain("non-nullable column 'A'");
    expect((await session.failure("INSERT INTO narrow VALUES ('abc', 1000)")).code).toBe('100039');
    expect(await session.rows('SELECT COUNT(*) FROM narrow')).toEqual([['0']]);
  });

  it.each([
    'CREATE STAGE s',
    'COPY INTO sales FROM @s',
    'CALL p()',
    'EXECUTE IMMEDIATE $$ SELECT 1 $$',
    'CREATE TASK t AS SELECT 1',
    'SELECT * FROM sales AT (OFFSET => -60)',
    "SELECT '2024-01-01'::TIMESTAMP_TZ",
    "SELECT CONVERT_TIMEZONE('UTC', CURRENT_TIMESTAMP())",
    "ALTER SESSION SET TIMEZONE = 'Europe/Berlin'",
    'ALTER SESSION SET WEEK_START = 7',
    'SELECT * FROM sales CONNECT BY PRIOR emp = mon',
    'SELECT * FROM @stage',
    'SHOW TASKS',
  ])('refuses %s by name', async (sql) => {
    expect(await session.failure(sql)).toMatchObject({
      code: '000002',
      message: expect.stringMatching(/Unsupported feature '.+'/),
    });
  });

  it('rolls a transaction back and commits one', async () => {
    await session.run('CREATE OR REPLACE TABLE ledger (n INT)');
    await session.run('BEGIN');
    await session.run('INSERT INTO ledger VALUES (1)');
    expect(await session.rows('SELECT COUNT(*) FROM ledger')).toEqual([['1']]);
    await session.run('ROLLBACK');
    expect(await session.rows('SELECT COUNT(*) FROM ledger')).toEqual([['0']]);
    await session.run('BEGIN');
    await session.run('INSERT INTO ledger VALUES (2)');
    await session.run('COMMIT');
    expect(await session.rows('SELECT n FROM ledger')).toEqual([['2']]);
  });

  it('writes the same table from many statements at once', async () => {
    await session.run('CREATE OR REPLACE TABLE busy (n INT)');
    await Promise.all(Array.from({ length: 20 }, (_, n) => session.run(`INSERT INTO busy VALUES (${n})`)));
    await Promise.all(Array.from({ length: 10 }, () => session.run('UPDATE busy SET n = n + 1')));
    expect(await session.rows('SELECT COUNT(*), SUM(n) FROM busy')).toEqual([['20', '390']]);
  });

  it('refuses a MERGE that would change a row twice', async () => {
    await session.run('CREATE OR REPLACE TABLE once AS SELECT 1 AS id, 0 AS n');
    const source = '(SELECT 1 AS id, 5 AS n UNION ALL SELECT 1, 6)';
    const sql = `MERGE INTO once t USING ${source} s ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = s.n`;
    expect((await session.failure(sql)).code).toBe('100090');
    expect(await session.rows('SELECT n FROM once')).toEqual([['0']]);
  });

  it('overwrites a table from itself', async () => {
    await session.run('CREATE OR REPLACE TABLE mine AS SELECT 1::INT AS n UNION ALL SELECT 2');
    await session.run('INSERT OVERWRITE INTO mine SELECT n * 10 FROM mine');
    expect(await session.rows('SELECT n FROM mine ORDER BY n')).toEqual([['10'], ['20']]);
  });

  it('lists with LIKE, STARTS WITH and a cursor', async () => {
    const names = async (sql: string) => (await session.rows(sql)).map(([, name]) => name);
    const share = 'IN SCHEMA snowflake_sample_data.tpch_sf1';
    expect(await names(`SHOW TERSE TABLES LIKE 'part%' ${share}`)).toEqual(['PART', 'PARTSUPP']);
    expect(await names(`SHOW TABLES ${share} STARTS WITH 'N'`)).toEqual(['NATION']);
    expect(await names(`SHOW TABLES ${share} LIMIT 2`)).toEqual(['CUSTOMER', 'LINEITEM']);
    expect(await names(`SHOW TABLES ${share} LIMIT 2 FROM 'LINEITEM'`)).toEqual(['NATION', 'ORDERS']);
    expect(await names('SHOW DATABASES')).toEqual(expect.arrayContaining(['DEMO', 'SNOWFLAKE_SAMPLE_DATA']));
    expect(await names('SHOW STAGES')).toEqual([]);
  });

  it('explains a query in three formats', async () => {
    const [[json] = []] = await session.rows('EXPLAIN USING JSON SELECT * FROM sales JOIN src ON amt = id');
    expect(JSON.parse(String(json))).toMatchObject({ GlobalStats: { partitionsTotal: 2, partitionsAssigned: 2 } });
    expect((await session.rows('EXPLAIN SELECT * FROM sales')).length).toBe(3);
    // The same text again must not run what it explains.
    expect((await session.rows('EXPLAIN SELECT * FROM sales')).length).toBe(3);
    expect((await session.run('EXPLAIN USING JSON SELECT * FROM sales JOIN src ON amt = id')).columns).toEqual([
      'content',
    ]);
    expect((await session.failure('EXPLAIN SELECT * FROM nowhere')).code).toBe('002003');
  });

  it('explains what changes a table without changing it, at the size of what it reads', async () => {
    await session.rows("CREATE OR REPLACE TABLE sized AS SELECT 1::NUMBER(9,0) AS n, 'four' AS word FROM sales");
    const [[rows] = []] = await session.rows('SELECT COUNT(*) FROM sized');
    for (const sql of [
      'INSERT INTO sized SELECT * FROM sized',
      'CREATE TABLE copied AS SELECT * FROM sized',
      'MERGE INTO sized AS t USING (SELECT * FROM sized WHERE n > 0) AS s ON t.n = s.n WHEN MATCHED THEN DELETE',
    ]) {
      const [[json] = []] = await session.rows(`EXPLAIN USING JSON ${sql}`);
      expect(JSON.parse(String(json))).toMatchObject({ GlobalStats: { bytesAssigned: Number(rows) * (8 + 4) } });
    }
    expect(await session.rows('SELECT COUNT(*) FROM sized')).toEqual([[rows]]);
    expect((await session.failure('SELECT * FROM copied')).code).toBe('002003');
    expect((await session.failure('EXPLAIN DROP TABLE sized')).message).toContain('EXPLAIN');
  });
});
