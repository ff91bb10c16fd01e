import { inputAt } from '../kit/relations';
import { identifier, join, sql, SqlFragment, trusted } from '../kit/sql/sql-fragment';
import type { SqlNode } from '../kit/sql-node';
import { JoinedColumn, joinedColumns } from './joined-columns';
import type { ShapeJoinConfig } from './shape-join.definition';

const KEYWORDS: Readonly<Record<ShapeJoinConfig['how'], string>> = {
  inner: 'INNER JOIN',
  left: 'LEFT JOIN',
  right: 'RIGHT JOIN',
  full: 'FULL JOIN',
  cross: 'CROSS JOIN',
};

/** A join of two named relations; the order of both is lost. */
export const shapeJoinSql: SqlNode<ShapeJoinConfig> = {
  type: 'shape.join',
  compose(config, inputs) {
    const [left, right] = [inputAt(inputs, 'left'), inputAt(inputs, 'right')];
    const columns = joinedColumns(config, left.columns, right.columns).map(itemFragment);
    const keys = config.on.map((key) => sql`${of('left', key.left)} = ${of('right', key.right)}`);
    const on = keys.length === 0 ? trusted('') : sql` ON ${join(keys, ' AND ')}`;
    const how = trusted(KEYWORDS[config.how]);
    return { query: sql`SELECT ${join(columns)} FROM ${left.from} AS "l" ${how} ${right.from} AS "r"${on}` };
  },
};

function of(side: 'left' | 'right', column: string): SqlFragment {
  return identifier(side === 'left' ? 'l' : 'r', column);
}

function itemFragment({ column, from }: JoinedColumn): SqlFragment {
  const value =
    'both' in from ? sql`COALESCE(${of('left', from.both)}, ${of('right', from.both)})` : of(from.side, from.name);
  return sql`${value} AS ${identifier(column.name)}`;
}
