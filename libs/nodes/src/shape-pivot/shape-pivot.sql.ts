import { columnNamed } from '../kit/column-checks';
import { measureFragment } from '../kit/measure-fragment';
import { columnsAlone } from '../kit/needed';
import { columnList, inputAt } from '../kit/relations';
import { identifier, join, sql, trusted } from '../kit/sql/sql-fragment';
import type { Needed, SqlNode } from '../kit/sql-node';
import { valueFragment } from '../kit/value-fragment';
import { groupsOf, pivotName, ShapePivotConfig } from './shape-pivot.definition';

/**
 * A measure for each value over the rows that have it, by CASE: PIVOT takes no binds, and names its columns after how the values are
 * written.
 */
export const shapePivotSql: SqlNode<ShapePivotConfig> = {
  type: 'shape.pivot',
  compose(config, inputs, { parameters, needed }) {
    const input = inputAt(inputs, 'in');
    const groups = groupsOf(config, input.columns) ?? [];
    const key = identifier(config.column);
    const type = columnNamed(input.columns, config.column)?.type ?? '';
    const { function: name, column } = config.measure;
    const measured = column === undefined ? trusted('1') : identifier(column);
    const cells = cellsOf(config, needed).map((item) => {
      const only = sql`CASE WHEN ${key} = ${valueFragment(type, item.value, parameters)} THEN ${measured} END`;
      return sql`${measureFragment(name, only)} AS ${identifier(pivotName(item))}`;
    });
    const shown = needed ? groups.filter((group) => needed.columns.has(group)) : groups;
    const list = [...shown.map((group) => identifier(group)), ...cells];
    const by = groups.length === 0 ? trusted('') : sql` GROUP BY ${columnList(groups)}`;
    return { query: sql`SELECT ${join(list)} FROM ${input.from}${by}` };
  },
  columnsNeeded(config, inputs, { needed }) {
    const groups = groupsOf(config, inputAt(inputs, 'in').columns) ?? [];
    const measured = cellsOf(config, needed).length === 0 ? [] : [config.column, config.measure.column ?? []].flat();
    return { in: [columnsAlone([...groups, ...measured])] };
  },
};

function cellsOf({ values }: ShapePivotConfig, needed: Needed | undefined): ShapePivotConfig['values'] {
  return needed ? values.filter((item) => needed.columns.has(pivotName(item))) : values;
}
