import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { createHash } from 'node:crypto';

/** Who looks, and with which roles: one name for each person and set of active roles, whatever session it is. */
export function activeRoles({ tenantId, userId, context }: SessionRecord): string {
  const { role, secondaryRoles } = context;
  const roles = createHash('sha256')
    .update(JSON.stringify([role, secondaryRoles]))
    .digest('base64url');
  return `${tenantId}:${userId}:${roles}`;
}
