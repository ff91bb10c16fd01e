import { columnList, inputAt, namesOf } from '../kit/relations';
import { identifier, join, sql, SqlFragment, trusted } from '../kit/sql/sql-fragment';
import { expressionFragment } from '../kit/sql/sql-text';
import type { SqlNode } from '../kit/sql-node';
import type { MeasureFunction } from './measures';
import type { Measure, ShapeAggregateConfig } from './shape-aggregate.definition';

const CALLS: Readonly<Record<Exclude<MeasureFunction, 'countDistinct' | 'listagg'>, string>> = {
  sum: 'SUM',
  avg: 'AVG',
  min: 'MIN',
  max: 'MAX',
  count: 'COUNT',
  median: 'MEDIAN',
  stddev: 'STDDEV',
  variance: 'VARIANCE',
  arrayAgg: 'ARRAY_AGG',
  anyValue: 'ANY_VALUE',
};

/** GROUP BY; `having` stands outside it, so that it sees the columns by their new names and nothing else. */
export const shapeAggregateSql: SqlNode<ShapeAggregateConfig> = {
  type: 'shape.aggregate',
  compose({ groupBy, measures, having }, inputs, { columns, parameters }) {
    const input = inputAt(inputs, 'in');
    const list = [
      ...groupBy.map((name) => identifier(name)),
      ...measures.map((measure) => sql`${measureFragment(measure)} AS ${identifier(measure.as)}`),
    ];
    const groups = groupBy.length === 0 ? trusted('') : sql` GROUP BY ${columnList(groupBy)}`;
    const grouped = sql`SELECT ${join(list)} FROM ${input.from}${groups}`;
    if (having === undefined) return { query: grouped };
    const kept = expressionFragment(having, parameters);
    return { query: sql`SELECT ${columnList(namesOf(columns))} FROM (${grouped}) WHERE ${kept}` };
  },
};

function measureFragment({ function: name, column }: Measure): SqlFragment {
  if (column === undefined) return sql`COUNT(*)`;
  const over = identifier(column);
  if (name === 'countDistinct') return sql`COUNT(DISTINCT ${over})`;
  if (name === 'listagg') return sql`LISTAGG(${over}, ${trusted("','")})`;
  return sql`${trusted(CALLS[name])}(${over})`;
}
