import { columnNamed } from '../kit/column-checks';
import { measureFragment } from '../kit/measure-fragment';
import { columnList, inputAt } from '../kit/relations';
import { identifier, join, sql, trusted } from '../kit/sql/sql-fragment';
import type { SqlNode } from '../kit/sql-node';
import { valueFragment } from '../kit/value-fragment';
import { groupsOf, pivotName, ShapePivotConfig } from './shape-pivot.definition';

/**
 * A measure for each value over the rows that have it, by CASE: PIVOT takes no binds, and names its columns after how the values are
 * written.
 */
export const shapePivotSql: SqlNode<ShapePivotConfig> = {
  type: 'shape.pivot',
  compose(config, inputs, { parameters }) {
    const input = inputAt(inputs, 'in');
    const groups = groupsOf(config, input.columns) ?? [];
    const key = identifier(config.column);
    const type = columnNamed(input.columns, config.column)?.type ?? '';
    const { function: name, column } = config.measure;
    const measured = column === undefined ? trusted('1') : identifier(column);
    const cells = config.values.map((item) => {
      const only = sql`CASE WHEN ${key} = ${valueFragment(type, item.value, parameters)} THEN ${measured} END`;
      return sql`${measureFragment(name, only)} AS ${identifier(pivotName(item))}`;
    });
    const list = [...groups.map((group) => identifier(group)), ...cells];
    const by = groups.length === 0 ? trusted('') : sql` GROUP BY ${columnList(groups)}`;
    return { query: sql`SELECT ${join(list)} FROM ${input.from}${by}` };
  },
};
