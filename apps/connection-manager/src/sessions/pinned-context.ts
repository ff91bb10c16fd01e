import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { FinalContext } from '../driver/snowflake-driver';

/** The context as one string, to compare in Redis. */
export const fingerprint = ({ role, secondaryRoles, warehouse, database, schema }: PinnedContext) =>
  JSON.stringify([role, secondaryRoles, warehouse, database, schema]);

export const quoteIdentifier = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * The USE statements that lead from one context to another, only for what differs; all of it where the present one is not known.
 * What is not pinned stays as it is: Snowflake has no way to choose nothing.
 */
export function useStatements(wanted: PinnedContext, actual: PinnedContext | undefined): string[] {
  const statements: string[] = [];
  const differs = (part: keyof PinnedContext) => wanted[part] !== null && wanted[part] !== actual?.[part];
  if (wanted.role !== null && differs('role')) statements.push(`USE ROLE ${quoteIdentifier(wanted.role)}`);
  if (differs('secondaryRoles')) statements.push(`USE SECONDARY ROLES ${wanted.secondaryRoles}`);
  if (wanted.warehouse !== null && differs('warehouse')) {
    statements.push(`USE WAREHOUSE ${quoteIdentifier(wanted.warehouse)}`);
  }
  if (wanted.database !== null && wanted.schema !== null && (differs('database') || differs('schema'))) {
    statements.push(`USE SCHEMA ${quoteIdentifier(wanted.database)}.${quoteIdentifier(wanted.schema)}`);
  } else if (wanted.database !== null && differs('database')) {
    statements.push(`USE DATABASE ${quoteIdentifier(wanted.database)}`);
  }
  return statements;
}

/** Whether a reply's context is the pinned one; what either side leaves open fits. */
export function contextHolds(pinned: PinnedContext, final: FinalContext): boolean {
  const same = (wanted: string | null, reported: string | null) =>
    wanted === null || reported === null || wanted === reported;
  return (
    same(pinned.role, final.role) &&
    same(pinned.warehouse, final.warehouse) &&
    same(pinned.database, final.database) &&
    same(pinned.schema, final.schema)
  );
}
