import type { RecordedAuditEntry } from '@snowflow/contracts/audit/audit-entry';
import type { AuditFault, AuditHeadView, AuditRequest, ChainPage } from '@snowflow/contracts/audit/audit.dto';
import { type QueryExecutorProvider, sql } from 'kysely';
import { auditFilter } from './audit-filter.sql';
import { auditHash, FIRST_HASH } from './audit-hash';
import { type AuditRow, entryOf } from './audit-row';
import { chainedEntryView } from './audit-view';

/** A row with what stands beside it in the chain: the hash before it, what the one after it names as such, and the head. */
interface LinkedRow extends AuditRow {
  prior_hash: string | null;
  named_next: string | null;
}

interface Ends {
  newest_seq: string | null;
  newest_hash: string | null;
  head_seq: string | null;
  head_hash: string | null;
}

/** Reads one service's log and checks what it reads: each entry is hashed anew and compared with its neighbours. */
export class AuditReader {
  /** `schema` is the service's own, with the tables of `auditMigration`. */
  constructor(private readonly schema: string) {}

  /** In the tenant's transaction `db`. Throws VALIDATION for filters that make no sense. */
  async page(db: QueryExecutorProvider, tenantId: string, { limit, ...request }: AuditRequest): Promise<ChainPage> {
    // The end is read first: what is added meanwhile is then a neighbour that is there, never one that is missing.
    const ends = await this.ends(db);
    const rows = await this.rows(db, request, limit + 1);
    const entries = rows.slice(0, limit).map((row) => {
      const entry = entryOf(row);
      return chainedEntryView(entry, faultOf(tenantId, entry, row, ends.head));
    });
    return { entries, more: rows.length > limit, endHolds: ends.holds, head: ends.head };
  }

  private async rows(
    db: QueryExecutorProvider,
    { before, after, ...filters }: Omit<AuditRequest, 'limit'>,
    limit: number,
  ): Promise<LinkedRow[]> {
    const table = sql.table(`${this.schema}.audit_entries`);
    const place =
      after === undefined ? sql`entry.seq < ${before ?? Number.MAX_SAFE_INTEGER}` : sql`entry.seq > ${after}`;
    const order = after === undefined ? sql`DESC` : sql`ASC`;
    const { rows } = await sql<LinkedRow>`
      SELECT shown.*, prior.hash AS prior_hash, later.previous_hash AS named_next
      FROM (
        SELECT * FROM ${table} entry WHERE ${place} AND ${auditFilter(filters)} ORDER BY entry.seq ${order} LIMIT ${limit}
      ) shown
      LEFT JOIN ${table} prior ON prior.tenant_id = shown.tenant_id AND prior.seq = shown.seq - 1
      LEFT JOIN ${table} later ON later.tenant_id = shown.tenant_id AND later.seq = shown.seq + 1
      ORDER BY shown.seq ${order}`.execute(db);
    return rows;
  }

  private async ends(db: QueryExecutorProvider): Promise<{ head: AuditHeadView; holds: boolean }> {
    const { rows } = await sql<Ends>`
      SELECT newest.seq AS newest_seq, newest.hash AS newest_hash, head.seq AS head_seq, head.hash AS head_hash
      FROM (SELECT 1) one
      LEFT JOIN ${sql.table(`${this.schema}.audit_heads`)} head ON true
      LEFT JOIN (
        SELECT seq, hash FROM ${sql.table(`${this.schema}.audit_entries`)} ORDER BY seq DESC LIMIT 1
      ) newest ON true`.execute(db);
    const [ends] = rows;
    const head = { seq: Number(ends?.head_seq ?? 0), hash: ends?.head_hash ?? FIRST_HASH };
    const newest = { seq: Number(ends?.newest_seq ?? 0), hash: ends?.newest_hash ?? FIRST_HASH };
    return { head, holds: head.seq === newest.seq && head.hash === newest.hash };
  }
}

function faultOf(
  tenantId: string,
  entry: RecordedAuditEntry,
  { prior_hash: priorHash, named_next: namedNext }: LinkedRow,
  head: AuditHeadView,
): AuditFault | null {
  if (auditHash(tenantId, entry) !== entry.hash) return 'changed';
  const fitsBefore = entry.seq === 1 ? entry.previousHash === FIRST_HASH : entry.previousHash === priorHash;
  // Where nothing follows, the head does; one that was read before this entry was written says nothing of it.
  const named = namedNext ?? (head.seq === entry.seq ? head.hash : undefined);
  const fitsAfter = named === undefined ? entry.seq > head.seq : named === entry.hash;
  return fitsBefore && fitsAfter ? null : 'unlinked';
}
