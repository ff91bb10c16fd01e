import { columnsAlone, neededOf } from '../kit/needed';
import { inputAt, namesOf, pickOf } from '../kit/relations';
import type { SqlNode } from '../kit/sql-node';
import type { ShapeSortConfig } from './shape-sort.definition';

/** An order over the rows. It is only noted here: ORDER BY is written where it counts, in a LIMIT and in the final SELECT. */
export const shapeSortSql: SqlNode<ShapeSortConfig> = {
  type: 'shape.sort',
  compose({ by }, inputs, { needed }) {
    const from = inputAt(inputs, 'in');
    const columns = namesOf(neededOf(from.columns, needed));
    return pickOf({ from, columns, where: [] }, { order: needed?.order === false ? [] : by });
  },
  columnsNeeded: ({ by }, _inputs, { needed }) => ({
    in: [columnsAlone([...needed.columns, ...(needed.order ? by.map(({ column }) => column) : [])])],
  }),
};
