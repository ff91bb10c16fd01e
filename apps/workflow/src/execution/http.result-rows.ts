import { AppError } from '@snowflow/contracts/errors/app-error';
import { ROWS_HANDLE_PURPOSE, type RowsHandle } from '@snowflow/contracts/rows/rows-handle';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { ReadRows } from '@snowflow/nodes/kit/action-node';
import type { RowsClient } from '@snowflow/platform/rows/rows-client';
import type { RunRow } from '../runs/runs.repository';
import { insist } from './backoff';
import { ResultRows } from './result-rows';

const HANDLE_LIFE_MS = 60_000;
/** A thousand rows of documents would fill the memory of a worker. */
const MOST_BYTES = 16_777_216;

/** Reads them where the gateway reads rows too: at connection-manager's internal port, by a sealed handle. */
export class HttpResultRows extends ResultRows {
  constructor(
    private readonly client: RowsClient,
    private readonly sealer: Sealer,
  ) {
    super();
  }

  override async first(run: RunRow, queryId: string, maxRows: number, signal: AbortSignal): Promise<ReadRows> {
    return insist(signal, async () => {
      const reading = new AbortController();
      const stop = () => reading.abort();
      signal.addEventListener('abort', stop, { once: true });
      try {
        const response = await this.client.open(this.handle(run, queryId, maxRows), run.correlation_id, reading);
        const { columns, rows } = JSON.parse(await textOf(response)) as ReadRows;
        return { columns, rows };
      } finally {
        signal.removeEventListener('abort', stop);
        reading.abort();
      }
    });
  }

  private handle(run: RunRow, queryId: string, limit: number): string {
    const handle: RowsHandle = {
      tenantId: run.tenant_id,
      sessionId: run.session_id,
      userId: run.owner_id,
      context: run.context,
      source: { queryId },
      format: 'page',
      offset: 0,
      limit,
      expiresAtMs: Date.now() + HANDLE_LIFE_MS,
    };
    return this.sealer.seal(JSON.stringify(handle), ROWS_HANDLE_PURPOSE);
  }
}

async function textOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const piece of response.body ?? []) {
      bytes += piece.byteLength;
      if (bytes > MOST_BYTES) break;
      pieces.push(piece);
    }
  } catch {
    throw new AppError('UNAVAILABLE', 'The rows were cut off.');
  }
  if (bytes <= MOST_BYTES) return Buffer.concat(pieces).toString('utf8');
  const message =
    'The rows that reach this node are larger than 16 MiB together, so nothing was run. Select fewer columns.';
  throw new AppError('LOOP_TOO_LARGE', message);
}
