import { createHash } from 'node:crypto';
import type { AuditEntry } from '@snowflow/contracts/audit/audit-entry';

const MAX_NAME = 255;
/** Of before and of after each: an entry is read by people, and pages of entries go by RPC. */
const MAX_SAID = 8_000;

/**
 * The entry as it can be read back exactly: what Postgres would refuse in a text (NUL) or turn into something else (half a surrogate
 * pair) is replaced before it is hashed, long names are cut, and of what says too much its hash stays.
 */
export function storableEntry({ actor, action, object, before, after, correlationId }: AuditEntry): AuditEntry {
  return {
    actor: { kind: actor.kind, id: plain(actor.id), name: plain(actor.name) },
    action,
    object: { kind: object.kind, id: plain(object.id), name: plain(object.name) },
    before: bounded(before),
    after: bounded(after),
    correlationId: plain(correlationId),
  };
}

const plain = (text: string) => Buffer.from(text.slice(0, MAX_NAME)).toString().replaceAll('\0', '\uFFFD');

function bounded(said: AuditEntry['before']): AuditEntry['before'] {
  const text = said && JSON.stringify(said);
  if (text === undefined || text.length <= MAX_SAID) return said;
  return { omitted: `${text.length} characters`, sha256: createHash('sha256').update(text).digest('base64url') };
}
