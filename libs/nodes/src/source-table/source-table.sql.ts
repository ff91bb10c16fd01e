import { columnList, limitClause, namesOf } from '../kit/relations';
import { identifier, sql, trusted } from '../kit/sql/sql-fragment';
import type { SqlNode } from '../kit/sql-node';
import type { SourceTableConfig } from './source-table.definition';

/** Every column by name: one that is added to the table later doesn't change what the workflow gives. */
export const sourceTableSql: SqlNode<SourceTableConfig> = {
  type: 'source.table',
  compose({ database, schema, table, limit }, _inputs, { columns }) {
    const rest = limit === undefined ? trusted('') : limitClause(limit);
    return { query: sql`SELECT ${columnList(namesOf(columns))} FROM ${identifier(database, schema, table)}${rest}` };
  },
};
