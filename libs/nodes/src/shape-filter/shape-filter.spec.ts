import { identifier } from '../kit/sql/sql-fragment';
import { renderBinds } from '../kit/sql/render';
import { shapeFilter } from './shape-filter.definition';
import { shapeFilterSql } from './shape-filter.sql';
import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';

const input = columnsOf(
  'O_ORDERKEY NUMBER(38,0), O_CUSTKEY NUMBER(38,0), O_ORDERSTATUS VARCHAR(1), O_TOTALPRICE NUMBER(12,2), O_ORDERDATE DATE, O_ORDERPRIORITY VARCHAR(15), O_CLERK VARCHAR(15)',
);

conformance('shape.filter', {
  folder: __dirname,
  input,
  hostileNames: (name) => ({ conditions: [{ column: name, operator: 'isNull' }] }),
  hostileValues: (value) => ({ conditions: [{ column: 'O_CLERK', operator: 'in', value: ['x', value] }] }),
});

describe('The conditions of shape.filter', () => {
  const parameters = [
    { name: 'text', type: 'string' },
    { name: 'day', type: 'date' },
    { name: 'price', type: 'number' },
  ];
  const where = (column: string, operator: string, value?: unknown) => {
    const config = shapeFilter.config.parse({
      conditions: [{ column, operator, ...(value === undefined ? {} : { value }) }],
    });
    const relation = { from: identifier('r'), columns: input, hidden: [], order: [] };
    const { query } = shapeFilterSql.compose(config, { in: [relation] }, { columns: input, parameters });
    const { sql, binds } = renderBinds(query, { text: 'x', day: '1994-01-01', price: 1.5 });
    return [sql.split(' WHERE ')[1], binds];
  };

  it.each([
    ['O_CLERK', 'eq', 'x', '"O_CLERK" = ?', ['x']],
    ['O_CLERK', 'notIn', ['x', 'y'], '"O_CLERK" NOT IN (?, ?)', ['x', 'y']],
    ['O_CLERK', 'contains', 'x', 'CONTAINS("O_CLERK", ?)', ['x']],
    ['O_CLERK', 'ilike', 'x%', '"O_CLERK" ILIKE ?', ['x%']],
    ['O_CLERK', 'isNotNull', undefined, '"O_CLERK" IS NOT NULL', []],
    ['O_CLERK', 'eq', '{{ parameters.text }}', '"O_CLERK" = ?', ['x']],
    ['O_CLERK', 'like', '%{{ parameters.text }}%', '"O_CLERK" LIKE (? || CAST(? AS VARCHAR) || ?)', ['%', 'x', '%']],
    ['O_CLERK', 'eq', '{{ text }}', '"O_CLERK" = ?', ['{{ text }}']],
    ['O_ORDERDATE', 'gte', '1994-01-01', '"O_ORDERDATE" >= CAST(? AS DATE)', ['1994-01-01']],
    ['O_ORDERDATE', 'lt', '{{ parameters.day }}', '"O_ORDERDATE" < CAST(? AS DATE)', ['1994-01-01']],
    ['O_ORDERKEY', 'eq', 7, '"O_ORDERKEY" = ?', [7]],
    [
      'O_TOTALPRICE',
      'between',
      [0.05, '0.070'],
      '"O_TOTALPRICE" BETWEEN CAST(? AS NUMBER(2,2)) AND CAST(? AS NUMBER(3,3))',
      ['0.05', '0.070'],
    ],
    ['O_TOTALPRICE', 'gt', '{{ parameters.price }}', '"O_TOTALPRICE" > CAST(? AS NUMBER(2,1))', ['1.5']],
    ['O_ORDERKEY', 'eq', '12345678901234567890', '"O_ORDERKEY" = CAST(? AS NUMBER(20,0))', ['12345678901234567890']],
  ])('%s %s %j is %s', (column, operator, value, sql, binds) => {
    expect(where(column, operator, value)).toEqual([sql, binds]);
  });

  it.each([
    ['eq', undefined],
    ['eq', ['x']],
    ['in', []],
    ['in', 'x'],
    ['between', ['x']],
    ['isNull', 'x'],
  ])('refuses %s with the value %j', (operator, value) => {
    const parsed = shapeFilter.config.safeParse({ conditions: [{ column: 'A', operator, value }] });
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['conditions.0.value']);
  });

  it('takes conditions or an expression, not both and not neither', () => {
    const conditions = [{ column: 'A', operator: 'isNull' }];
    expect(shapeFilter.config.safeParse({ conditions, expression: 'TRUE' }).success).toBe(false);
    expect(shapeFilter.config.safeParse({}).success).toBe(false);
  });
});
