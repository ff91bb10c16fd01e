import type { AuditEntry } from '@snowflow/contracts/audit/audit-entry';
import { sql, type QueryExecutorProvider } from 'kysely';
import { auditHash, FIRST_HASH } from './audit-hash';
import { storableEntry } from './storable-entry';

/**
 * The append-only, hash-chained log of one service's changes. `record` works within the transaction of the change itself: either both are
 * kept or neither.
 */
export class AuditTrail {
  /** `schema` is the service's own, with the tables of `auditMigration`. */
  constructor(private readonly schema: string) {}

  /**
   * Adds an entry to the tenant's chain, in the tenant's transaction `db`. Recorded changes of one tenant wait for each other from here to
   * the end of the transaction, so it comes last in it.
   */
  async record(db: QueryExecutorProvider, tenantId: string, given: AuditEntry): Promise<void> {
    const entry = storableEntry(given);
    const heads = sql.table(`${this.schema}.audit_heads`);
    const { rows } = await sql<{ seq: string; hash: string; at: Date }>`
      INSERT INTO ${heads} AS head (tenant_id, seq, hash) VALUES (${tenantId}, 0, ${FIRST_HASH})
      ON CONFLICT (tenant_id) DO UPDATE SET seq = head.seq
      RETURNING seq, hash, date_trunc('milliseconds', clock_timestamp()) AS at`.execute(db);
    const [head] = rows;
    if (!head) throw new Error('An upsert answers its row');
    const seq = Number(head.seq) + 1;
    const hash = auditHash(tenantId, { ...entry, seq, at: head.at, previousHash: head.hash });
    const { actor, action, object, correlationId } = entry;
    await sql`
      WITH entry AS (
        INSERT INTO ${sql.table(`${this.schema}.audit_entries`)} (
          tenant_id, seq, at, actor_kind, actor_id, actor_name, action, object_kind, object_id, object_name,
          before, after, correlation_id, previous_hash, hash
        ) VALUES (
          ${tenantId}, ${seq}, ${head.at}, ${actor.kind}, ${actor.id}, ${actor.name}, ${action},
          ${object.kind}, ${object.id}, ${object.name},
          ${textOf(entry.before)}, ${textOf(entry.after)}, ${correlationId}, ${head.hash}, ${hash}
        )
      )
      UPDATE ${heads} SET seq = ${seq}, hash = ${hash} WHERE tenant_id = ${tenantId}`.execute(db);
  }
}

const textOf = (said: AuditEntry['before']) => (said ? JSON.stringify(said) : null);
