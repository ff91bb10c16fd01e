import type { AuditActorKind, AuditEntry, RecordedAuditEntry } from '@snowflow/contracts/audit/audit-entry';

/** An entry as Postgres has it. */
export interface AuditRow {
  seq: string;
  at: Date;
  actor_kind: AuditActorKind;
  actor_id: string;
  actor_name: string;
  action: string;
  object_kind: string;
  object_id: string;
  object_name: string;
  before: string | null;
  after: string | null;
  correlation_id: string;
  previous_hash: string;
  hash: string;
}

/** The entry of a row, whatever somebody has made of it. */
export function entryOf(row: AuditRow): RecordedAuditEntry {
  return {
    seq: Number(row.seq),
    at: row.at,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    action: row.action,
    object: { kind: row.object_kind, id: row.object_id, name: row.object_name },
    before: saidIn(row.before),
    after: saidIn(row.after),
    correlationId: row.correlation_id,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

/** What nobody here wrote is kept as a text, so that it can be shown, and its hash tells. */
function saidIn(text: string | null): AuditEntry['before'] {
  if (text === null) return undefined;
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said === 'object' && said !== null && !Array.isArray(said)) return { ...said };
  } catch {
    // Not JSON: not what was written either.
  }
  return { unreadable: text };
}
