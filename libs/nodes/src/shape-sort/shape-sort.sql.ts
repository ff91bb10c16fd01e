import { everyColumn, inputAt } from '../kit/relations';
import { sql } from '../kit/sql/sql-fragment';
import type { SqlNode } from '../kit/sql-node';
import type { ShapeSortConfig } from './shape-sort.definition';

/** An order over the rows. It is only noted here: ORDER BY is written where it counts, in a LIMIT and in the final SELECT. */
export const shapeSortSql: SqlNode<ShapeSortConfig> = {
  type: 'shape.sort',
  compose({ by }, inputs) {
    const input = { ...inputAt(inputs, 'in'), hidden: [] };
    return { query: sql`SELECT ${everyColumn(input)} FROM ${input.from}`, order: by };
  },
};
