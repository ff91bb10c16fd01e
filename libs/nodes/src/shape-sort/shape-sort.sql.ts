import { columnsAlone, neededOf } from '../kit/needed';
import { columnList, inputAt, namesOf } from '../kit/relations';
import { sql } from '../kit/sql/sql-fragment';
import type { SqlNode } from '../kit/sql-node';
import type { ShapeSortConfig } from './shape-sort.definition';

/** An order over the rows. It is only noted here: ORDER BY is written where it counts, in a LIMIT and in the final SELECT. */
export const shapeSortSql: SqlNode<ShapeSortConfig> = {
  type: 'shape.sort',
  compose({ by }, inputs, { needed }) {
    const { columns, from } = inputAt(inputs, 'in');
    const list = columnList(namesOf(neededOf(columns, needed)));
    return { query: sql`SELECT ${list} FROM ${from}`, order: needed?.order === false ? [] : by };
  },
  columnsNeeded: ({ by }, _inputs, { needed }) => ({
    in: [columnsAlone([...needed.columns, ...(needed.order ? by.map(({ column }) => column) : [])])],
  }),
};
