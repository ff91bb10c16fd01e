import { inputAt, limitClause, orderClause, passing } from '../kit/relations';
import { sql } from '../kit/sql/sql-fragment';
import type { SqlNode } from '../kit/sql-node';
import type { ShapeLimitConfig } from './shape-limit.definition';

/** The first rows in the input's order, which goes on. */
export const shapeLimitSql: SqlNode<ShapeLimitConfig> = {
  type: 'shape.limit',
  compose({ rows, offset }, inputs, { needed }) {
    const input = inputAt(inputs, 'in');
    return passing(input, sql`${orderClause(input.order)}${limitClause(rows, offset)}`, needed);
  },
  columnsNeeded: (_config, _inputs, { needed }) => ({ in: [{ ...needed, order: true }] }),
};
