import type { ActionContext } from './action-node';
import type { SqlFragment } from './sql/sql-fragment';
import { sql } from './sql/sql-fragment';
import type { StatementParts } from './sql-node';

/** Counts what reaches an action: of a relation nothing but the number of its rows leaves Snowflake. */
export function countStatement({ prelude, input }: StatementParts): SqlFragment {
  return sql`${prelude}SELECT COUNT(*) AS "ROW_COUNT" FROM ${input.from}`;
}

/** What `countStatement` counted; undefined where no relation reached the action. */
export async function countedRows({ queryId, ports }: ActionContext): Promise<number | undefined> {
  if (queryId === undefined) return undefined;
  const { rows } = await ports.readRows(queryId, 1);
  return Number(rows[0]?.[0] ?? 0);
}
