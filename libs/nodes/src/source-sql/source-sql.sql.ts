import { neededOf } from '../kit/needed';
import { columnList, namesOf } from '../kit/relations';
import { sql } from '../kit/sql/sql-fragment';
import { queryFragment } from '../kit/sql/sql-text';
import type { SqlNode } from '../kit/sql-node';
import type { SourceSqlConfig } from './source-sql.definition';

/** The person's SELECT as a subquery of the columns it was described with. */
export const sourceSqlSql: SqlNode<SourceSqlConfig> = {
  type: 'source.sql',
  compose: (config, _inputs, { columns, parameters, needed }) => ({
    query: sql`SELECT ${columnList(namesOf(neededOf(columns, needed)))} FROM (${queryFragment(config.sql, parameters)})`,
  }),
  columnsNeeded: () => ({}),
};
