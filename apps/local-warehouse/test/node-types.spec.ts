import type { Column } from '@snowflow/contracts/documents/column';
import { sqlNodes } from '@snowflow/nodes/composers';
import { definitions } from '@snowflow/nodes/definitions';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import { columnsOf } from '@snowflow/nodes/kit/columns-of';
import { renderBinds } from '@snowflow/nodes/kit/sql/render';
import { identifier, sql, SqlFragment, trusted } from '@snowflow/nodes/kit/sql/sql-fragment';
import { DriverSession, startTestWarehouse, type TestWarehouse } from './driver-session';

const text = (value: unknown) => (value === null ? null : String(value));
const key = (row: unknown) => JSON.stringify(row);
const inOrder = (rows: unknown[][]) => rows.map((row) => row.map(text)).sort((a, b) => (key(a) < key(b) ? -1 : 1));

/** The driver's names of the types that a node promises. */
const driverType = ({ name, type }: Column) =>
  `${name} ${type
    .replace(/^NUMBER/, 'FIXED')
    .replace(/^VARCHAR\(.*/, 'TEXT')
    .replace(/^FLOAT/, 'REAL')
    .replace(/^(TIME\w*)\(9\)/, '$1')}`;

describe('The statements of node types', () => {
  let warehouse: TestWarehouse;
  let session: DriverSession;

  beforeAll(async () => {
    warehouse = await startTestWarehouse();
    session = await DriverSession.open(warehouse, {
      database: 'DEMO',
      schema: 'PUBLIC',
      representNullAsStringNull: false,
    });
  });

  afterAll(async () => {
    await session.close();
    await warehouse.stop();
  });

  /** Some sales: person, month, amount, price. */
  const sales: { query: SqlFragment; columns: Column[] } = {
    columns: columnsOf('EMP VARCHAR(10), MON VARCHAR(10), AMT NUMBER(10,0), PRICE NUMBER(8,2)'),
    query: trusted(
      `SELECT CAST("a" AS VARCHAR(10)) AS "EMP", CAST("b" AS VARCHAR(10)) AS "MON", CAST("c" AS NUMBER(10,0)) AS "AMT", CAST("d" AS NUMBER(8,2)) AS "PRICE" FROM (VALUES ('A', 'JAN', 100, 1.5), ('A', 'FEB', 200, 2.25), ('B', 'JAN', 50, NULL), ('B', 'MAR', 70, 4), ('B', 'MAR', 70, 4)) AS "v" ("a", "b", "c", "d")`,
    ),
  };

  /** A node's rows over the sales, after the types it promises were compared with those it gives. */
  const rowsOf = async (type: string, config: object, known?: Knowledge) => {
    const definition = definitions.get(type);
    const node = sqlNodes.get(type);
    if (!definition || !node) throw new Error(`There is no ${type}`);
    const parsed = definition.config.parse(config);
    const [port = 'in'] = type === 'shape.sql' ? ['sales'] : [];
    const inputs = { [port]: [sales.columns] };
    const context = { inputs, kinds: {}, parameters: [], known };
    expect(definition.check(parsed, context)).toEqual([]);
    const columns = definition.outputColumns(parsed, context).out ?? [];
    const relation = { from: identifier('s'), columns: sales.columns, hidden: [], order: [] };
    const { query } = node.compose(parsed, { [port]: [relation] }, { columns, parameters: [] });
    const statement = renderBinds(sql`WITH "s" AS (${sales.query}), "n" AS (${query}) SELECT * FROM "n"`);
    const answer = await session.run(statement.sql, { binds: statement.binds as never });
    expect(answer.types.map((one) => one.replace(' NOT NULL', ''))).toEqual(columns.map(driverType));
    return inOrder(answer.rows);
  };

  it('give the values of a table with their types, NULL where nothing is, and none of no rows', async () => {
    const columns = [
      { name: 'S', type: 'VARCHAR' },
      { name: 'N', type: 'NUMBER(10,3)' },
      { name: 'F', type: 'FLOAT' },
      { name: 'B', type: 'BOOLEAN' },
      { name: 'D', type: 'DATE' },
      { name: 'T', type: 'TIMESTAMP_NTZ' },
      { name: 'V', type: 'VARIANT' },
    ];
    const rows = [
      ["it's", 1.125, 1e21, true, '1998-12-01', '1998-12-01 13:30:00', '{"a": [1, null]}'],
      ['', '-0.5', '2.5', false, '1998-12-02', '1998-12-02', '"x"'],
      [null, null, null, null, null, null, null],
    ];
    expect(await rowsOf('source.values', { columns, rows })).toEqual([
      ['', '-0.500', '2.5', 'FALSE', '1998-12-02', '1998-12-02 00:00:00.000', '"x"'],
      ["it's", '1.125', '1e+21', 'TRUE', '1998-12-01', '1998-12-01 13:30:00.000', '{"a":[1,null]}'],
      [null, null, null, null, null, null, null],
    ]);
    expect(await rowsOf('source.values', { columns, rows: [] })).toEqual([]);
  });

  it('take ten thousand cells as binds', async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => [index, `row ${index}`]);
    const columns = [
      { name: 'N', type: 'NUMBER' },
      { name: 'S', type: 'VARCHAR' },
    ];
    const given = await rowsOf('source.values', { columns, rows });
    expect(given).toHaveLength(5000);
    expect(new Set(given.map(([n, s]) => `${n} ${s}`)).size).toBe(5000);
  });

  it('ask models about each row, and get an answer that says that none was asked', async () => {
    const of = async (type: string, config: object) =>
      (await rowsOf(type, { column: 'MON', as: 'X', ...config })).map((row) => row[4]);
    const mark = '[simulated by the local warehouse] ';
    const prompt = { model: 'm', prompt: 'Who is {{ item.EMP }} {{ item.PRICE }}?', as: 'X', maxTokens: 5 };
    expect((await rowsOf('ai.generate', prompt)).map((row) => row[4])).toContain(`${mark}Who is B ?`);
    expect(new Set(await of('ai.sentiment', {}))).toEqual(new Set(['0']));
    expect(await of('ai.summarize', {})).toContain(`${mark}JAN`);
    expect(await of('ai.translate', { from: 'en', to: 'de' })).toContain(`${mark}(de) MAR`);
    expect(new Set(await of('ai.classify', { categories: ['mar', 'other'], task: 'x' }))).toEqual(new Set(['mar']));
    const questions = [{ name: 'month', question: 'Which?' }];
    expect(await of('ai.extract', { questions })).toContain(`{"month":"${mark}FEB"}`);
    expect((await of('ai.embed', { model: 'm' }))[0]?.split(',')).toHaveLength(8);
  });

  it('drop repeated rows', async () => {
    expect(await rowsOf('shape.distinct', {})).toHaveLength(4);
    expect(await rowsOf('shape.distinct', { columns: ['EMP'] })).toEqual([['A'], ['B']]);
  });

  it('number, rank and measure rows in windows', async () => {
    const window = {
      partitionBy: ['EMP'],
      orderBy: [{ column: 'AMT' }],
      functions: [
        { function: 'rowNumber', as: 'NTH' },
        { function: 'rank', as: 'RANK' },
        { function: 'denseRank', as: 'DENSE' },
        { function: 'percentRank', as: 'SHARE' },
        { function: 'ntile', buckets: 2, as: 'HALF' },
        { function: 'lag', column: 'MON', as: 'BEFORE' },
        { function: 'lead', column: 'PRICE', default: 0.125, as: 'AFTER' },
        { function: 'firstValue', column: 'MON', as: 'FIRST' },
        { function: 'lastValue', column: 'AMT', as: 'LAST' },
        { function: 'sum', column: 'AMT', as: 'WITH_PEERS' },
        { function: 'sum', column: 'AMT', frame: 'running', as: 'RUNNING' },
        { function: 'avg', column: 'AMT', frame: 'moving', preceding: 1, as: 'MOVING' },
        { function: 'min', column: 'AMT', frame: 'moving', following: 1, as: 'LEAST' },
        { function: 'max', column: 'MON', frame: 'all', as: 'MOST' },
        { function: 'count', as: 'ROWS_SO_FAR' },
        { function: 'count', column: 'PRICE', frame: 'all', as: 'PRICES' },
      ],
    };
    const rows = (await rowsOf('shape.window', window)).map((row) => row.slice(4).join(' '));
    expect(rows).toEqual([
      '2 2 2 1 2 JAN 0.125 JAN 200 300 300 150.000000 200 JAN 2 2',
      '1 1 1 0 1  2.250 JAN 200 100 100 100.000000 100 JAN 1 2',
      '1 1 1 0 1  4.000 JAN 70 50 50 50.000000 50 MAR 1 2',
      '2 2 2 0.5 1 JAN 4.000 JAN 70 190 120 60.000000 70 MAR 3 2',
      '3 2 2 0.5 2 MAR 0.125 JAN 70 190 190 70.000000 70 MAR 3 2',
    ]);
  });

  it('turn values into columns', async () => {
    const values = [{ value: 'JAN' }, { value: 'MAR', as: 'March' }];
    const pivot = { groupBy: ['EMP'], column: 'MON', values, measure: { function: 'sum', column: 'AMT' } };
    expect(await rowsOf('shape.pivot', pivot)).toEqual([
      ['A', '100', null],
      ['B', '50', '140'],
    ]);
    expect(await rowsOf('shape.pivot', { ...pivot, measure: { function: 'count' } })).toEqual([
      ['A', '1', '0'],
      ['B', '1', '2'],
    ]);
    expect(await rowsOf('shape.pivot', { ...pivot, measure: { function: 'countDistinct', column: 'AMT' } })).toEqual([
      ['A', '1', '0'],
      ['B', '1', '1'],
    ]);
  });

  it('turn columns into rows', async () => {
    const unpivot = { columns: ['AMT', 'PRICE'], nameColumn: 'WHAT', valueColumn: 'VALUE' };
    expect(await rowsOf('shape.unpivot', unpivot)).toEqual([
      ['A', 'FEB', 'AMT', '200.00'],
      ['A', 'FEB', 'PRICE', '2.25'],
      ['A', 'JAN', 'AMT', '100.00'],
      ['A', 'JAN', 'PRICE', '1.50'],
      ['B', 'JAN', 'AMT', '50.00'],
      ['B', 'MAR', 'AMT', '70.00'],
      ['B', 'MAR', 'AMT', '70.00'],
      ['B', 'MAR', 'PRICE', '4.00'],
      ['B', 'MAR', 'PRICE', '4.00'],
    ]);
    expect(await rowsOf('shape.unpivot', { ...unpivot, includeNulls: true })).toHaveLength(10);
  });

  it.each([
    ['SELECT EMP, SUM(AMT) AS TOTAL FROM sales GROUP BY EMP', 'EMP VARCHAR(10), TOTAL NUMBER(38,0)', 2],
    [
      'WITH x AS (SELECT * FROM "SALES") SELECT AMT FROM x QUALIFY ROW_NUMBER() OVER (PARTITION BY EMP ORDER BY AMT) = 1',
      'AMT NUMBER(10,0)',
      2,
    ],
    ['SELECT a.AMT FROM Sales a JOIN SALES b ON a.AMT = b.AMT', 'AMT NUMBER(10,0)', 7],
  ])('read %s over an input, which is described over an empty one first', async (query, columns, count) => {
    const config = { inputs: ['sales'], sql: query };
    const definition = definitions.get('shape.sql');
    const [question] =
      definition?.questions?.(definition.config.parse(config), {
        inputs: { sales: [sales.columns] },
        parameters: [],
      }) ?? [];
    const asked = question?.kind === 'describe' ? renderBinds(question.statement) : undefined;
    const described = await session.run(asked?.sql ?? '', { describeOnly: true } as never);
    expect(described.types.map((one) => one.replace(' NOT NULL', ''))).toEqual(columnsOf(columns).map(driverType));
    expect(await rowsOf('shape.sql', config, { state: 'found', columns: columnsOf(columns) })).toHaveLength(count);
  });
});
