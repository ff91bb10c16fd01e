import { AUDIT_LOGS, type AuditLogName, type ChainPage } from '@snowflow/contracts/audit/audit.dto';
import type { RequestContext } from '@snowflow/contracts/sessions/request-context';
import { runInScope } from '@snowflow/transport/request-scope';
import { Readable } from 'node:stream';
import type { AuditLogs } from './audit-logs';

const BATCH = 200;
const BUFFER_BYTES = 64 * 1024;

/**
 * The whole log as lines of JSON: what it is of, then each chain from its first entry to its head, with every hash, so that it can be
 * checked anywhere. A few entries are in memory at once, however slowly the client reads. The last line says that nothing is cut.
 */
export async function auditExport(logs: AuditLogs, context: RequestContext): Promise<Readable> {
  const read = (log: AuditLogName, after: number) =>
    runInScope({ context }, () => logs.chain(log, { after, limit: BATCH }));
  // Refused before the answer begins, where it is refused.
  const first = await Promise.all(AUDIT_LOGS.map((log) => read(log, 0)));
  return Readable.from(lines(context, first, read), { objectMode: false, highWaterMark: BUFFER_BYTES });
}

async function* lines(
  { tenantId }: RequestContext,
  first: readonly ChainPage[],
  read: (log: AuditLogName, after: number) => Promise<ChainPage>,
): AsyncGenerator<string> {
  yield line({ format: 'snowflow-audit-1', tenantId, exportedAt: new Date().toISOString() });
  for (const [index, log] of AUDIT_LOGS.entries()) {
    let page = first[index] ?? (await read(log, 0));
    // What is added while the export goes on is not in it.
    const { head } = page;
    for (;;) {
      const entries = page.entries.filter(({ seq }) => seq <= head.seq);
      const last = entries.at(-1);
      if (!last) break;
      yield entries.map(({ fault: _checkedElsewhere, ...entry }) => line({ log, ...entry })).join('');
      if (!page.more) break;
      page = await read(log, last.seq);
    }
    yield line({ log, head });
  }
  yield line({ complete: true });
}

const line = (said: object) => `${JSON.stringify(said)}\n`;
