import type { Call, FrameBound, OrderItem } from '../parser/expression-tree';
import { castTo } from '../sql/coercion';
import type { Environment } from '../sql/environment';
import { fixed } from '../sql/snowflake-type';

/** One item of ORDER BY: Snowflake puts NULL after everything else, so descending order starts with it. */
export function orderSql(sql: string, { descending, nulls }: Pick<OrderItem, 'descending' | 'nulls'>): string {
  return `${sql} ${descending ? 'DESC' : 'ASC'} NULLS ${nulls ?? (descending ? 'FIRST' : 'LAST')}`;
}

export const compileOrder = (items: readonly OrderItem[], env: Environment): string =>
  items.map((item) => orderSql(env.expression(item.expression).sql, item)).join(', ');

/** These see their whole partition unless a frame is written, also when the window is ordered. */
const wholePartition = new Set(['FIRST_VALUE', 'LAST_VALUE', 'NTH_VALUE']);

/** What stands between the parentheses of OVER. */
export function compileWindow({ name, over }: Call, env: Environment): string {
  if (!over) return '';
  const partition = over.partitionBy.map((item) => env.expression(item).sql);
  const clauses = [
    partition.length > 0 && `PARTITION BY ${partition.join(', ')}`,
    over.orderBy.length > 0 && `ORDER BY ${compileOrder(over.orderBy, env)}`,
    over.frame && `${over.frame.unit} BETWEEN ${bound(over.frame.start, env)} AND ${bound(over.frame.end, env)}`,
    !over.frame && wholePartition.has(name) && 'ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING',
  ];
  return clauses.filter(Boolean).join(' ');
}

function bound({ kind, offset }: FrameBound, env: Environment): string {
  if (!offset) return kind;
  const value = env.expression(offset);
  return `${value.interval ? value.sql : `CAST(${castTo(value, fixed(38, 0)).sql} AS BIGINT)`} ${kind}`;
}
