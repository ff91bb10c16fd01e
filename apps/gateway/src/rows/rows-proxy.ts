import { AppError } from '@snowflow/contracts/errors/app-error';
import { ROWS_HANDLE_HEADER, ROWS_PATH, RowsFormat } from '@snowflow/contracts/rows/rows-handle';
import { rowsRefusal } from '@snowflow/contracts/rows/rows-refusal';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { CORRELATION_HEADER } from '../scope/correlation-id';

const CONTENT_TYPES: Readonly<Record<RowsFormat, string>> = {
  page: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
};
const HEADERS_TIMEOUT_MS = 60_000;

interface SendOptions {
  correlationId: string;
  download?: { format: Exclude<RowsFormat, 'page'>; fileName: string };
}

/** Pipes rows from a connection-manager to the client, at the client's pace. The handle is the right to them; it is never looked into. */
export class RowsProxy {
  private turn = 0;

  constructor(private readonly origins: string[]) {}

  /** Answers the rows, or throws what connection-manager refused with. */
  async send(handle: string, reply: FastifyReply, { correlationId, download }: SendOptions): Promise<void> {
    const abandoned = new AbortController();
    reply.raw.once('close', () => abandoned.abort());
    const response = await this.fetch(handle, correlationId, abandoned);
    if (!response.ok || !response.body) throw await rowsRefusal(response);
    void reply
      .status(200)
      .header('content-type', CONTENT_TYPES[download?.format ?? 'page'])
      .header('cache-control', 'no-store');
    if (download) void reply.header('content-disposition', `attachment; filename="${download.fileName}"`);
    void reply.send(Readable.fromWeb(response.body as ReadableStream<Uint8Array>));
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
        headers: { [ROWS_HANDLE_HEADER]: handle, [CORRELATION_HEADER]: correlationId },
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

const SLOW = 'Snowflake did not give the rows in time. Try again.';
