import { context, propagation } from '@opentelemetry/api';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { CORRELATION_HEADER } from '@snowflow/contracts/http/correlation-header';
import { ROWS_HANDLE_HEADER, ROWS_PATH } from '@snowflow/contracts/rows/rows-handle';
import { rowsRefusal } from '@snowflow/contracts/rows/rows-refusal';

const HEADERS_TIMEOUT_MS = 60_000;
/** While rows are waited for, a replica is asked so often whether it is there, and has as long to answer. */
const SIGN_OF_LIFE_MS = 4_000;

/** Asks connection-manager's internal port for rows. The handle is the right to them; it is never looked into. */
export class RowsClient {
  private turn = 0;

  constructor(
    private readonly origins: readonly string[],
    private readonly signOfLifeMs = SIGN_OF_LIFE_MS,
  ) {}

  /** A response whose body is the rows, or throws what connection-manager refused with. */
  async open(handle: string, correlationId: string, abandoned: AbortController): Promise<Response> {
    const response = await this.fetch(handle, correlationId, abandoned);
    if (!response.ok || !response.body) throw await rowsRefusal(response);
    return response;
  }

  /** Asks the replicas in turn; one that can't be reached has had no effect, so the next is asked. */
  private async fetch(handle: string, correlationId: string, abandoned: AbortController): Promise<Response> {
    const start = this.turn++;
    for (let attempt = 0; attempt < this.origins.length; attempt += 1) {
      const origin = this.origins[(start + attempt) % this.origins.length] ?? '';
      const response = await this.post(origin, handle, correlationId, abandoned);
      if (response) return response;
    }
    throw new AppError('UNAVAILABLE', 'The rows can not be read right now. Try again in a moment.');
  }

  private async post(
    origin: string,
    handle: string,
    correlationId: string,
    abandoned: AbortController,
  ): Promise<Response | undefined> {
    const slow = setTimeout(() => abandoned.abort(new AppError('DEADLINE_EXCEEDED', SLOW)), HEADERS_TIMEOUT_MS);
    const attempt = new AbortController();
    abandoned.signal.addEventListener('abort', () => attempt.abort(abandoned.signal.reason), { once: true });
    let isWaiting = true;
    const giveUp = () => isWaiting && attempt.abort();
    const watch = setInterval(() => void this.callIfSilent(origin, giveUp), this.signOfLifeMs);
    try {
      return await fetch(new URL(ROWS_PATH, origin), {
        method: 'POST',
        headers: { [ROWS_HANDLE_HEADER]: handle, [CORRELATION_HEADER]: correlationId, ...traceHeaders() },
        redirect: 'error',
        signal: attempt.signal,
      });
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (abandoned.signal.aborted) throw new AppError('UNAVAILABLE', 'The reader has gone.');
      return undefined;
    } finally {
      clearTimeout(slow);
      clearInterval(watch);
      // Rows that flow are cut by no question that was asked before they did.
      isWaiting = false;
    }
  }

  /** Snowflake may take long over rows; a replica that answers nothing at all meanwhile is gone. Any answer will do. */
  private async callIfSilent(origin: string, giveUp: () => void): Promise<void> {
    try {
      const reply = await fetch(new URL('/', origin), { signal: AbortSignal.timeout(this.signOfLifeMs) });
      await reply.body?.cancel();
    } catch {
      giveUp();
    }
  }
}

/** None where nothing is traced. */
function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

const SLOW = 'Snowflake did not give the rows in time. Try again.';
