import type { RecordedAuditEntry } from '@snowflow/contracts/audit/audit-entry';
import type { AuditFault, ChainedEntryView } from '@snowflow/contracts/audit/audit.dto';

/** An entry as it is shown. */
export function chainedEntryView(entry: RecordedAuditEntry, fault: AuditFault | null): ChainedEntryView {
  const { seq, at, actor, action, object, before, after, correlationId, previousHash, hash } = entry;
  return {
    seq,
    at: at.toISOString(),
    actor: { ...actor },
    action,
    object: { ...object },
    before: before ? { ...before } : null,
    after: after ? { ...after } : null,
    correlationId,
    previousHash,
    hash,
    fault,
  };
}
