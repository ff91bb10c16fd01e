import { measureFragment } from '../kit/measure-fragment';
import { columnList, inputAt, namesOf } from '../kit/relations';
import { identifier, join, sql, trusted } from '../kit/sql/sql-fragment';
import { expressionFragment } from '../kit/sql/sql-text';
import type { SqlNode } from '../kit/sql-node';
import type { ShapeAggregateConfig } from './shape-aggregate.definition';

/** GROUP BY; `having` stands outside it, so that it sees the columns by their new names and nothing else. */
export const shapeAggregateSql: SqlNode<ShapeAggregateConfig> = {
  type: 'shape.aggregate',
  compose({ groupBy, measures, having }, inputs, { columns, parameters }) {
    const input = inputAt(inputs, 'in');
    const list = [
      ...groupBy.map((name) => identifier(name)),
      ...measures.map(
        (measure) =>
          sql`${measureFragment(measure.function, measure.column === undefined ? undefined : identifier(measure.column))} AS ${identifier(measure.as)}`,
      ),
    ];
    const groups = groupBy.length === 0 ? trusted('') : sql` GROUP BY ${columnList(groupBy)}`;
    const grouped = sql`SELECT ${join(list)} FROM ${input.from}${groups}`;
    if (having === undefined) return { query: grouped };
    const kept = expressionFragment(having, parameters);
    return { query: sql`SELECT ${columnList(namesOf(columns))} FROM (${grouped}) WHERE ${kept}` };
  },
};
