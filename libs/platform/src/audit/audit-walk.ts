import type { AuditBreak, VerifiedStretch, VerifyAuditRequest } from '@snowflow/contracts/audit/audit.dto';
import { type QueryExecutorProvider, sql } from 'kysely';
import { auditHash, FIRST_HASH } from './audit-hash';
import { type AuditRow, entryOf } from './audit-row';

/** So many entries are in memory at once, and so many are walked before the caller is told how far it came. */
const BATCH = 500;
const STRETCH = 10_000;

type WalkedRow = { [Column in keyof AuditRow]: AuditRow[Column] | null } & {
  head_seq: string | null;
  head_hash: string | null;
};

/** Walks one service's chain from the first entry to the head and says the first place where it does not hold. */
export class AuditWalk {
  /** `schema` is the service's own, with the tables of `auditMigration`. */
  constructor(
    private readonly schema: string,
    private readonly stretch = STRETCH,
  ) {}

  /** Goes on behind an entry that was found whole, in the tenant's transaction `db`, for a stretch or to the first break. */
  async verify(db: QueryExecutorProvider, tenantId: string, from: VerifyAuditRequest): Promise<VerifiedStretch> {
    let at = { seq: from.seq ?? 0, hash: from.hash ?? FIRST_HASH };
    const enough = at.seq + this.stretch;
    while (at.seq < enough) {
      const { rows, head } = await this.batch(db, at.seq, Math.min(BATCH, enough - at.seq));
      for (const row of rows) {
        const broken = breakAt(tenantId, row, at);
        if (broken) return { ...at, ended: true, broken };
        at = { seq: at.seq + 1, hash: row.hash };
      }
      if (rows.length === 0) return { ...at, ended: true, broken: breakAtEnd(at, head) };
    }
    return { ...at, ended: false, broken: null };
  }

  /** The entries and the head in one statement, so that they are of one moment. */
  private async batch(db: QueryExecutorProvider, seq: number, limit: number) {
    const { rows } = await sql<WalkedRow>`
      SELECT entry.*, head.seq AS head_seq, head.hash AS head_hash
      FROM (SELECT 1) one
      LEFT JOIN ${sql.table(`${this.schema}.audit_heads`)} head ON true
      LEFT JOIN (
        SELECT * FROM ${sql.table(`${this.schema}.audit_entries`)} WHERE seq > ${seq} ORDER BY seq LIMIT ${limit}
      ) entry ON true
      ORDER BY entry.seq`.execute(db);
    const [first] = rows;
    const head = { seq: Number(first?.head_seq ?? 0), hash: first?.head_hash ?? FIRST_HASH };
    return { rows: rows.filter(isEntry), head };
  }
}

/** Without entries the head stands alone. */
const isEntry = (row: WalkedRow): row is WalkedRow & AuditRow => row.seq !== null;

function breakAt(tenantId: string, row: AuditRow, last: { seq: number; hash: string }): AuditBreak | undefined {
  const seq = last.seq + 1;
  const entry = entryOf(row);
  if (entry.seq !== seq) return { seq, fault: 'missing' };
  if (auditHash(tenantId, entry) !== entry.hash) return { seq, fault: 'changed' };
  return entry.previousHash === last.hash ? undefined : { seq, fault: 'unlinked' };
}

function breakAtEnd(last: { seq: number; hash: string }, head: { seq: number; hash: string }): AuditBreak | null {
  if (last.seq < head.seq) return { seq: last.seq + 1, fault: 'cut-off' };
  return last.seq === head.seq && last.hash === head.hash ? null : { seq: Math.max(1, last.seq), fault: 'unlinked' };
}
