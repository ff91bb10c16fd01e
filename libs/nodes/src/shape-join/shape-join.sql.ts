import { columnsAlone } from '../kit/needed';
import { inputAt } from '../kit/relations';
import { identifier, join, sql, SqlFragment, trusted } from '../kit/sql/sql-fragment';
import type { Inputs, Needed, SqlNode } from '../kit/sql-node';
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
  compose(config, inputs, { needed }) {
    const [left, right] = [inputAt(inputs, 'left'), inputAt(inputs, 'right')];
    const columns = columnsGiven(config, inputs, needed).map(itemFragment);
    const keys = config.on.map((key) => sql`${of('left', key.left)} = ${of('right', key.right)}`);
    const on = keys.length === 0 ? trusted('') : sql` ON ${join(keys, ' AND ')}`;
    const how = trusted(KEYWORDS[config.how]);
    return { query: sql`SELECT ${join(columns)} FROM ${left.from} AS "l" ${how} ${right.from} AS "r"${on}` };
  },
  columnsNeeded(config, inputs, { needed }) {
    const given = columnsGiven(config, inputs, needed);
    const ofSide = (side: 'left' | 'right') =>
      given.flatMap(({ from }) => ('side' in from && from.side === side ? from.name : []));
    return {
      left: [columnsAlone([...config.on.map((key) => key.left), ...ofSide('left')])],
      right: [columnsAlone([...config.on.map((key) => key.right), ...ofSide('right')])],
    };
  },
};

/** Names follow from all columns of both sides, whatever of them is needed. */
function columnsGiven(config: ShapeJoinConfig, inputs: Inputs, needed: Needed | undefined): JoinedColumn[] {
  const joined = joinedColumns(config, inputAt(inputs, 'left').columns, inputAt(inputs, 'right').columns);
  return needed ? joined.filter(({ column }) => needed.columns.has(column.name)) : joined;
}

function of(side: 'left' | 'right', column: string): SqlFragment {
  return identifier(side === 'left' ? 'l' : 'r', column);
}

function itemFragment({ column, from }: JoinedColumn): SqlFragment {
  const value =
    'both' in from ? sql`COALESCE(${of('left', from.both)}, ${of('right', from.both)})` : of(from.side, from.name);
  return sql`${value} AS ${identifier(column.name)}`;
}
