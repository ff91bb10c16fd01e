import { context, propagation } from '@opentelemetry/api';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { CORRELATION_HEADER } from '@snowflow/contracts/http/correlation-header';
import { ROWS_HANDLE_HEADER, ROWS_PATH } from '@snowflow/contracts/rows/rows-handle';
import { rowsRefusal } from '@snowflow/contracts/rows/rows-refusal';

const HEADERS_TIMEOUT_MS = 60_000;

/** Asks connection-manager's internal port for rows. The handle is the right to them; it is never looked into. */
export class RowsClient {
  private turn = 0;

  constructor(private readonly origins: readonly string[]) {}

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
    try {
      return await fetch(new URL(ROWS_PATH, origin), {
        method: 'POST',
        headers: { [ROWS_HANDLE_HEADER]: handle, [CORRELATION_HEADER]: correlationId, ...traceHeaders() },
        redirect: 'error',
        signal: abandoned.signal,
      });
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (abandoned.signal.aborted) throw new AppError('UNAVAILABLE', 'The reader has gone.');
      return undefined;
    } finally {
      clearTimeout(slow);
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
