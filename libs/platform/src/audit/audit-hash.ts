import { createHash } from 'node:crypto';
import type { RecordedAuditEntry } from '@snowflow/contracts/audit/audit-entry';

/** What the first entry of a tenant is chained to. */
export const FIRST_HASH = '';

/** SHA-256 over the tenant, everything that an entry says and the hash of the one before it, in a fixed order. */
export function auditHash(tenantId: string, entry: Omit<RecordedAuditEntry, 'hash'>): string {
  const { seq, at, actor, action, object, before, after, correlationId, previousHash } = entry;
  const said = [
    tenantId,
    seq,
    at.toISOString(),
    [actor.kind, actor.id, actor.name],
    action,
    [object.kind, object.id, object.name],
    before ?? null,
    after ?? null,
    correlationId,
    previousHash,
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
}
