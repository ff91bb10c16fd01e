import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';

const PARTS = ['role', 'secondaryRoles', 'warehouse', 'database', 'schema'] as const;

/** Whether two contexts see the same: role, secondary roles, warehouse, database and schema. */
export function isSameContext(a: PinnedContext, b: PinnedContext): boolean {
  return PARTS.every((part) => a[part] === b[part]);
}
