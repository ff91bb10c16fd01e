import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import { portsOf } from '../kit/node-ports';
import { renderBinds } from '../kit/sql/render';
import { identifier } from '../kit/sql/sql-fragment';
import { shapeSql } from './shape-sql.definition';
import { shapeSqlSql } from './shape-sql.sql';

const input = columnsOf('O_ORDERKEY NUMBER(38,0), O_CUSTKEY NUMBER(38,0), O_TOTALPRICE NUMBER(12,2)');
const columns = columnsOf('O_ORDERKEY NUMBER(38,0), O_TOTALPRICE NUMBER(12,2)');

conformance('shape.sql', { folder: __dirname, input, known: { state: 'found', columns } });

const config = (inputs: string[], sql: string) => shapeSql.config.parse({ inputs, sql });
const parameters = [{ name: 'least', type: 'number' }];

describe('The ports of shape.sql', () => {
  const ids = (config: Record<string, unknown>) => portsOf(shapeSql, config).inputs.map(({ id }) => id);

  it('are the names in its config, however far that is filled in', () => {
    expect(ids({})).toEqual(['in']);
    expect(ids({ inputs: ['orders', 'customers'] })).toEqual(['orders', 'customers']);
    expect(ids({ inputs: ['orders', 'ORDERS', '', 7, 'a b'] })).toEqual(['orders']);
  });

  it('are named once, with words', () => {
    const paths = (inputs: string[]) =>
      shapeSql.config.safeParse({ inputs, sql: 'SELECT 1' }).error?.issues.map(({ path }) => path.join('.'));
    expect(paths(['a', 'A'])).toEqual(['inputs.1']);
    expect(paths(['a b'])).toEqual(['inputs.0']);
    expect(paths([])).toEqual(['inputs']);
  });
});

describe('shape.sql', () => {
  it('asks about its query over empty relations, once all inputs are known', () => {
    const asks = (inputs: Record<string, readonly (typeof input | undefined)[]>) =>
      shapeSql.questions?.(config(['orders', 'least'], 'SELECT 1'), { inputs, parameters }) ?? [];
    expect(asks({ orders: [input], least: [undefined] })).toEqual([]);
    expect(asks({ orders: [input] })).toEqual([]);
    const [question] = asks({ orders: [columnsOf('A DATE')], least: [columnsOf('V VECTOR, G NUMBER(4,2)')] });
    expect(question?.kind === 'describe' && renderBinds(question.statement).sql).toBe(
      'WITH "ORDERS" AS (SELECT CAST(NULL AS DATE) AS "A"), "LEAST" AS (SELECT CAST(NULL AS VARIANT) AS "V", CAST(NULL AS NUMBER(4,2)) AS "G") SELECT * FROM (SELECT 1)',
    );
  });

  it('reads each input by its name, with parameters as binds', () => {
    const sql =
      'WITH x AS (SELECT * FROM Orders) SELECT O_ORDERKEY FROM x WHERE O_TOTALPRICE > {{ parameters.least }};';
    const relation = { from: identifier('n1_o'), columns, hidden: ['__order_1'], order: [] };
    const { query } = shapeSqlSql.compose(
      config(['orders'], sql),
      { orders: [relation] },
      { columns: columnsOf('O_ORDERKEY NUMBER(38,0)'), parameters },
    );
    expect(renderBinds(query, { least: 5 })).toEqual({
      sql: 'SELECT "O_ORDERKEY" FROM (WITH "ORDERS" AS (SELECT "O_ORDERKEY", "O_TOTALPRICE" FROM "n1_o") SELECT * FROM (WITH x AS (SELECT * FROM Orders) SELECT O_ORDERKEY FROM x WHERE O_TOTALPRICE > ?))',
      binds: [5],
    });
  });

  const problems = (inputs: string[], sql: string) =>
    shapeSql
      .check(config(inputs, sql), { inputs: {}, kinds: {}, parameters, known: undefined })
      .map(({ code, path }) => `${code} ${path}`);

  it.each([
    [['orders'], 'WITH Orders AS (SELECT 1) SELECT * FROM orders'],
    [['orders'], 'WITH x AS (SELECT 1), "ORDERS" (a, b) AS (SELECT 1, 2) SELECT * FROM orders'],
    [['in'], 'SELECT * FROM in'],
  ])('says that %j can’t be reached by %s', (inputs, sql) => {
    expect(problems(inputs, sql)).toEqual(['INVALID_SQL sql']);
  });

  it.each([
    [['orders'], 'WITH "orders" AS (SELECT 1) SELECT * FROM orders'],
    [['orders'], 'SELECT orders.O_ORDERKEY AS orders FROM orders'],
    [['in'], 'SELECT * FROM "IN"'],
    [['orders'], "SELECT 'open"],
  ])('lets %j be reached by %s', (inputs, sql) => expect(problems(inputs, sql)).toEqual([]));
});
