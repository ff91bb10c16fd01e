import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import { renderBinds } from '../kit/sql/render';
import { identifier } from '../kit/sql/sql-fragment';
import { shapeWindow } from './shape-window.definition';
import { shapeWindowSql } from './shape-window.sql';

const input = columnsOf(
  'O_ORDERKEY NUMBER(38,0), O_CUSTKEY NUMBER(38,0), O_ORDERSTATUS VARCHAR(1), O_TOTALPRICE NUMBER(12,2), O_ORDERDATE DATE',
);

conformance('shape.window', {
  folder: __dirname,
  input,
  hostileNames: (name) => ({
    partitionBy: [name],
    orderBy: [{ column: name }],
    functions: [{ function: 'lead', column: name, as: `${name}2` }],
  }),
  hostileValues: (value) => ({
    orderBy: [{ column: 'O_ORDERKEY' }],
    functions: [{ function: 'lag', column: 'O_ORDERSTATUS', default: value, as: 'BEFORE' }],
  }),
});

const context = { inputs: { in: [input] }, kinds: {}, parameters: [], known: undefined };
const over = (item: object, more: object = {}) =>
  shapeWindow.config.parse({ orderBy: [{ column: 'O_ORDERKEY' }], functions: [{ as: 'X', ...item }], ...more });

describe('A function of shape.window', () => {
  const columnOf = (item: object) => shapeWindow.outputColumns(over(item), context).out?.at(-1);
  const sqlOf = (item: object, more: object = {}) => {
    const config = over(item, more);
    const relation = { from: identifier('r'), columns: input, hidden: [], order: [] };
    const columns = shapeWindow.outputColumns(config, context).out ?? [];
    const { query } = shapeWindowSql.compose(config, { in: [relation] }, { columns, parameters: [] });
    return renderBinds(query)
      .sql.replace(/^.*?"O_ORDERDATE", /, '')
      .replace(/ AS "X" FROM "r"$/, '');
  };

  it.each([
    [{ function: 'rowNumber' }, 'NUMBER(18,0)', false],
    [{ function: 'ntile', buckets: 4 }, 'NUMBER(18,0)', false],
    [{ function: 'percentRank' }, 'FLOAT', false],
    [{ function: 'count' }, 'NUMBER(18,0)', false],
    [{ function: 'sum', column: 'O_TOTALPRICE' }, 'NUMBER(38,2)', true],
    [{ function: 'lag', column: 'O_ORDERDATE' }, 'DATE', true],
    [{ function: 'lag', column: 'O_TOTALPRICE', default: 0.125 }, 'NUMBER(13,3)', true],
    [{ function: 'lead', column: 'O_ORDERSTATUS', default: 'none' }, 'VARCHAR(16777216)', true],
    [{ function: 'firstValue', column: 'O_ORDERSTATUS' }, 'VARCHAR(1)', true],
  ])('%j gives %s', (item, type, nullable) => {
    expect(columnOf(item)).toEqual({ name: 'X', type, nullable });
  });

  it.each([
    [{ function: 'rank' }, 'RANK() OVER ( ORDER BY "O_ORDERKEY" ASC)'],
    [
      { function: 'sum', column: 'O_TOTALPRICE' },
      'SUM("O_TOTALPRICE") OVER ( ORDER BY "O_ORDERKEY" ASC RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)',
    ],
    [
      { function: 'lastValue', column: 'O_TOTALPRICE' },
      'LAST_VALUE("O_TOTALPRICE") OVER ( ORDER BY "O_ORDERKEY" ASC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)',
    ],
    [
      { function: 'avg', column: 'O_TOTALPRICE', frame: 'moving', preceding: 2 },
      'AVG("O_TOTALPRICE") OVER ( ORDER BY "O_ORDERKEY" ASC ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)',
    ],
    [
      { function: 'lag', column: 'O_ORDERKEY', offset: 3, default: 7 },
      'LAG(CAST("O_ORDERKEY" AS NUMBER(38,0)), 3, CAST(? AS NUMBER(38,0))) OVER ( ORDER BY "O_ORDERKEY" ASC)',
    ],
  ])('%j is %s', (item, sql) => expect(sqlOf(item)).toBe(sql));

  it('looks at its whole part where there is no order', () => {
    const more = { orderBy: [], partitionBy: ['O_CUSTKEY'] };
    expect(sqlOf({ function: 'max', column: 'O_ORDERDATE' }, more)).toBe(
      'MAX("O_ORDERDATE") OVER (PARTITION BY "O_CUSTKEY")',
    );
  });
});

describe('shape.window refuses', () => {
  const issues = (config: object) =>
    shapeWindow.config.safeParse(config).error?.issues.map((issue) => issue.path.join('.'));
  const orderBy = [{ column: 'O_ORDERKEY' }];

  it.each([
    [{ functions: [{ function: 'rowNumber', as: 'N' }] }, 'orderBy'],
    [{ functions: [{ function: 'sum', column: 'O_TOTALPRICE', frame: 'running', as: 'N' }] }, 'orderBy'],
    [{ orderBy, functions: [{ function: 'lag', as: 'N' }] }, 'functions.0.column'],
    [{ orderBy, functions: [{ function: 'ntile', as: 'N' }] }, 'functions.0.buckets'],
    [{ functions: [] }, 'functions'],
    [
      { orderBy, functions: [{ function: 'sum', column: 'O_TOTALPRICE', frame: 'moving', as: 'N' }] },
      'functions.0.preceding',
    ],
  ])('%j, naming the field', (config, path) => expect(issues(config)).toEqual([path]));

  it('columns that are not there, of the wrong type, or of a name that is taken', () => {
    const config = over(
      { function: 'sum', column: 'O_ORDERDATE', as: 'O_CUSTKEY' },
      { partitionBy: ['NOPE'], orderBy: [{ column: 'GONE' }] },
    );
    expect(shapeWindow.check(config, context).map(({ code, path }) => [code, path])).toEqual([
      ['UNKNOWN_COLUMN', 'partitionBy.0'],
      ['UNKNOWN_COLUMN', 'orderBy.0.column'],
      ['TYPE_MISMATCH', 'functions.0.column'],
      ['AMBIGUOUS_COLUMN', 'functions.0.as'],
    ]);
  });

  it('a value of another type for a row that is not there', () => {
    const config = over({ function: 'lag', column: 'O_ORDERDATE', default: 'never' });
    expect(shapeWindow.check(config, context)).toMatchObject([{ code: 'TYPE_MISMATCH', path: 'functions.0.default' }]);
  });
});
