import type { MeasureFunction } from './measures';
import { sql, SqlFragment, trusted } from './sql/sql-fragment';

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

/** A measure of what stands in its parentheses; without that it counts rows. */
export function measureFragment(name: MeasureFunction, over: SqlFragment | undefined): SqlFragment {
  if (over === undefined) return sql`COUNT(*)`;
  if (name === 'countDistinct') return sql`COUNT(DISTINCT ${over})`;
  if (name === 'listagg') return sql`LISTAGG(${over}, ${trusted("','")})`;
  return sql`${trusted(CALLS[name])}(${over})`;
}
