import type { Column } from '@snowflow/contracts/documents/column';
import { measureFragment } from '../kit/measure-fragment';
import { columnsAlone, neededOf } from '../kit/needed';
import { columnList, inputAt, namesOf } from '../kit/relations';
import { columnsNamed } from '../kit/sql/columns-named';
import { identifier, join, sql, trusted } from '../kit/sql/sql-fragment';
import { expressionFragment } from '../kit/sql/sql-text';
import type { Needed, SqlNode } from '../kit/sql-node';
import type { ShapeAggregateConfig } from './shape-aggregate.definition';

/** GROUP BY; `having` stands outside it, so that it sees the columns by their new names and nothing else. */
export const shapeAggregateSql: SqlNode<ShapeAggregateConfig> = {
  type: 'shape.aggregate',
  compose(config, inputs, { columns, parameters, needed }) {
    const { groupBy, having } = config;
    const input = inputAt(inputs, 'in');
    const computed = columnsComputed(config, columns, needed);
    const list = [
      ...groupBy.filter((name) => computed.has(name)).map((name) => identifier(name)),
      ...config.measures
        .filter(({ as }) => computed.has(as))
        .map(
          ({ function: name, column, as }) =>
            sql`${measureFragment(name, column === undefined ? undefined : identifier(column))} AS ${identifier(as)}`,
        ),
    ];
    const groups = groupBy.length === 0 ? trusted('') : sql` GROUP BY ${columnList(groupBy)}`;
    const grouped = sql`SELECT ${join(list)} FROM ${input.from}${groups}`;
    if (having === undefined) return { query: grouped };
    const kept = expressionFragment(having, parameters);
    const given = columnList(namesOf(neededOf(columns, needed)));
    return { query: sql`SELECT ${given} FROM (${grouped}) WHERE ${kept}` };
  },
  columnsNeeded(config, _inputs, { columns, needed }) {
    const computed = columnsComputed(config, columns, needed);
    const measured = config.measures.flatMap(({ as, column }) => (computed.has(as) ? (column ?? []) : []));
    return { in: [columnsAlone([...config.groupBy, ...measured])] };
  },
};

/** Those that are needed, and those by which groups are kept. */
function columnsComputed(
  { having }: ShapeAggregateConfig,
  columns: readonly Column[],
  needed: Needed | undefined,
): ReadonlySet<string> {
  const asked = having === undefined ? [] : columnsNamed(having, columns);
  return new Set([...namesOf(neededOf(columns, needed)), ...asked]);
}
