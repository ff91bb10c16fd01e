import type { RowsFormat } from '@snowflow/contracts/rows/rows-handle';
import type { RowsClient } from '@snowflow/platform/rows/rows-client';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

const CONTENT_TYPES: Readonly<Record<RowsFormat, string>> = {
  page: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
};

interface SendOptions {
  correlationId: string;
  /** Without it 200. */
  status?: number;
  download?: { format: Exclude<RowsFormat, 'page'>; fileName: string };
}

/** Pipes rows from a connection-manager to the client, at the client's pace. */
export class RowsProxy {
  constructor(private readonly client: RowsClient) {}

  /** Answers the rows, or throws what connection-manager refused with. */
  async send(
    handle: string,
    reply: FastifyReply,
    { correlationId, download, status = 200 }: SendOptions,
  ): Promise<void> {
    const abandoned = new AbortController();
    reply.raw.once('close', () => abandoned.abort());
    const response = await this.client.open(handle, correlationId, abandoned);
    void reply
      .status(status)
      .header('content-type', CONTENT_TYPES[download?.format ?? 'page'])
      .header('cache-control', 'no-store');
    if (download) void reply.header('content-disposition', `attachment; filename="${download.fileName}"`);
    void reply.send(Readable.fromWeb(response.body as ReadableStream<Uint8Array>));
  }
}
