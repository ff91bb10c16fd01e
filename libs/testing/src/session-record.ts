import { newId } from '@snowflow/contracts/documents/new-id';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { tenantIdOf, userIdOf } from '@snowflow/contracts/sessions/tenant-id';

/** A session as auth writes it, of `demo` in the account demo; every part may be another. */
export function sessionRecord(parts: Partial<SessionRecord> = {}): SessionRecord {
  const tenantId = parts.tenantId ?? tenantIdOf({ organization: 'SNOWFLOW', region: 'LOCAL', locator: 'DEMO' });
  const now = Date.now();
  return {
    id: newId('ses'),
    tenantId,
    userId: userIdOf(tenantId, parts.username ?? 'DEMO'),
    account: 'demo',
    username: 'DEMO',
    authenticator: 'password',
    appRole: 'builder',
    context: { role: 'SYSADMIN', secondaryRoles: 'NONE', warehouse: 'DEMO_WH', database: null, schema: null },
    version: 1,
    idleSeconds: 14_400,
    client: 'API client',
    lastSeenAt: new Date(now).toISOString(),
    createdAt: new Date(now).toISOString(),
    expiresAt: new Date(now + 3_600_000).toISOString(),
    ...parts,
  };
}
