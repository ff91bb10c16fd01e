import { literal } from '@snowflow/nodes/kit/sql/literal';
import { renderText } from '@snowflow/nodes/kit/sql/render';
import { identifier, sql, type SqlFragment, trusted } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { ScratchTable, TableName } from '../plan/scratch-table';

/** A table by its whole name. */
export const tableFragment = ({ database, schema, name }: TableName): SqlFragment => identifier(database, schema, name);

/**
 * The statement that keeps rows in a table. It takes the place of one that an earlier try of the same step left: nobody else's has this
 * name. A comment takes no bind.
 */
export function createScratch(table: ScratchTable, rows: SqlFragment): SqlFragment {
  const options = `DATA_RETENTION_TIME_IN_DAYS = 0 COMMENT = ${literal(table.comment)}`;
  return sql`CREATE OR REPLACE TRANSIENT TABLE ${tableFragment(table)} ${trusted(options)} AS ${rows}`;
}

/** The statement that drops a table, wherever it is gone already. */
export function dropScratch(table: TableName): string {
  return renderText(sql`DROP TABLE IF EXISTS ${tableFragment(table)}`);
}
