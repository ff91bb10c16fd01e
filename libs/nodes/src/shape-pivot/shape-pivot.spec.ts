import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import { renderBinds } from '../kit/sql/render';
import { identifier } from '../kit/sql/sql-fragment';
import { shapePivot } from './shape-pivot.definition';
import { shapePivotSql } from './shape-pivot.sql';

const input = columnsOf(
  'O_ORDERSTATUS VARCHAR(1), O_ORDERPRIORITY VARCHAR(15), O_TOTALPRICE NUMBER(12,2), O_ORDERDATE DATE',
);

conformance('shape.pivot', {
  folder: __dirname,
  input,
  hostileNames: (name) => ({
    groupBy: [name],
    column: name,
    values: [{ value: 'x', as: `${name}2` }],
    measure: { function: 'max', column: name },
  }),
  hostileValues: (value) => ({
    groupBy: ['O_ORDERSTATUS'],
    column: 'O_ORDERPRIORITY',
    values: [{ value }],
    measure: { function: 'count' },
  }),
});

describe('shape.pivot', () => {
  const parameters = [{ name: 'day', type: 'date' }];
  const context = { inputs: { in: [input] }, kinds: {}, parameters, known: undefined };
  const config = (more: object) =>
    shapePivot.config.parse({
      column: 'O_ORDERPRIORITY',
      values: [{ value: '1-URGENT' }],
      measure: { function: 'sum', column: 'O_TOTALPRICE' },
      ...more,
    });
  const problems = (more: object) => shapePivot.check(config(more), context).map(({ code, path }) => [code, path]);

  it('groups by all other columns where none are chosen, and names and types the new ones', () => {
    expect(shapePivot.outputColumns(config({}), context).out).toEqual([
      input[0],
      input[3],
      { name: '1-URGENT', type: 'NUMBER(38,2)', nullable: true },
    ]);
    const unknown = { ...context, inputs: { in: [undefined] } };
    expect(shapePivot.outputColumns(config({}), unknown).out).toBeUndefined();
  });

  it('compares values as the column’s type, parameters too', () => {
    const relation = { from: identifier('r'), columns: input, hidden: [], order: [] };
    const values = [{ value: '1998-08-01' }, { value: '{{ parameters.day }}', as: 'DAY' }];
    const { query } = shapePivotSql.compose(
      config({ groupBy: ['O_ORDERSTATUS'], column: 'O_ORDERDATE', values, measure: { function: 'count' } }),
      { in: [relation] },
      { columns: [], parameters },
    );
    expect(renderBinds(query, { day: '1998-08-02' })).toEqual({
      sql: 'SELECT "O_ORDERSTATUS", COUNT(CASE WHEN "O_ORDERDATE" = CAST(? AS DATE) THEN 1 END) AS "1998-08-01", COUNT(CASE WHEN "O_ORDERDATE" = CAST(? AS DATE) THEN 1 END) AS "DAY" FROM "r" GROUP BY "O_ORDERSTATUS"',
      binds: ['1998-08-01', '1998-08-02'],
    });
  });

  it('finds columns that are missing or named twice, and values and measures of the wrong type', () => {
    expect(problems({ groupBy: ['NOPE', 'O_ORDERSTATUS'], column: 'GONE' })).toEqual([
      ['UNKNOWN_COLUMN', 'groupBy.0'],
      ['UNKNOWN_COLUMN', 'column'],
    ]);
    const values = [{ value: 'soon', as: 'O_ORDERSTATUS' }, { value: '{{ parameters.day }}' }];
    expect(
      problems({ column: 'O_ORDERDATE', values, measure: { function: 'avg', column: 'O_ORDERPRIORITY' } }),
    ).toEqual([
      ['TYPE_MISMATCH', 'measure.column'],
      ['TYPE_MISMATCH', 'values.0.value'],
      ['INVALID_CONFIG', 'values.1.as'],
      ['AMBIGUOUS_COLUMN', 'values.0.as'],
    ]);
  });
});
