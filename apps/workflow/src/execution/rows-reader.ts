import { AppError } from '@snowflow/contracts/errors/app-error';
import {
  ROWS_HANDLE_HEADER,
  ROWS_HANDLE_PURPOSE,
  ROWS_PATH,
  type RowsHandle,
} from '@snowflow/contracts/rows/rows-handle';
import type { RowsPageView } from '@snowflow/contracts/rows/rows-page.dto';
import { rowsRefusal } from '@snowflow/contracts/rows/rows-refusal';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { ReadRows } from '@snowflow/nodes/kit/action-node';
import type { RunRow } from '../runs/runs.repository';
import { insist } from './backoff';

const HANDLE_LIFE_MS = 60_000;
const DEADLINE_MS = 60_000;

/** Injection token of connection-manager's internal origins. */
export const ROWS_ORIGINS = Symbol('ROWS_ORIGINS');

/** Reads results of a run's statements, as who runs it, for what the worker itself has to know. What it reads rests nowhere. */
export class RowsReader {
  private turn = 0;

  constructor(
    private readonly run: Pick<RunRow, 'tenant_id' | 'session_id' | 'owner_id' | 'correlation_id' | 'context'>,
    private readonly sealer: Sealer,
    private readonly origins: readonly string[],
    private readonly signal: AbortSignal,
  ) {}

  /** The first rows of a result, in its order. */
  async read(queryId: string, maxRows: number): Promise<ReadRows> {
    const { columns, rows } = await insist(this.signal, () => this.post(this.handle(queryId, maxRows)));
    return { columns, rows };
  }

  private handle(queryId: string, limit: number): string {
    const { tenant_id: tenantId, session_id: sessionId, owner_id: userId, context } = this.run;
    const handle: RowsHandle = {
      tenantId,
      sessionId,
      userId,
      context,
      source: { queryId },
      format: 'page',
      offset: 0,
      limit,
      expiresAtMs: Date.now() + HANDLE_LIFE_MS,
    };
    return this.sealer.seal(JSON.stringify(handle), ROWS_HANDLE_PURPOSE);
  }

  /** Another replica is asked at each try. */
  private async post(handle: string): Promise<RowsPageView> {
    const origin = this.origins[this.turn++ % this.origins.length];
    const response = await fetch(new URL(ROWS_PATH, origin), {
      method: 'POST',
      headers: { [ROWS_HANDLE_HEADER]: handle, 'x-correlation-id': this.run.correlation_id },
      redirect: 'error',
      signal: AbortSignal.any([this.signal, AbortSignal.timeout(DEADLINE_MS)]),
    }).catch(() => {
      this.signal.throwIfAborted();
      throw new AppError('UNAVAILABLE', 'The rows can not be read right now.');
    });
    if (!response.ok) throw await rowsRefusal(response);
    return (await response.json()) as RowsPageView;
  }
}
