import { neededOf } from '../kit/needed';
import { columnList, limitClause, namesOf } from '../kit/relations';
import { identifier, sql, trusted } from '../kit/sql/sql-fragment';
import type { SqlNode } from '../kit/sql-node';
import type { SourceTableConfig } from './source-table.definition';

/** Columns by name: one that is added to the table later doesn't change what the workflow gives. */
export const sourceTableSql: SqlNode<SourceTableConfig> = {
  type: 'source.table',
  compose({ database, schema, table, limit }, _inputs, { columns, needed }) {
    const rest = limit === undefined ? trusted('') : limitClause(limit);
    const list = columnList(namesOf(neededOf(columns, needed)));
    return { query: sql`SELECT ${list} FROM ${identifier(database, schema, table)}${rest}` };
  },
  columnsNeeded: () => ({}),
};
