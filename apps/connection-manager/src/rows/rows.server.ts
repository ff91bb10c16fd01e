import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { AddressInfo } from 'node:net';
import { Inject, Injectable, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { SpanKind } from '@opentelemetry/api';
import fastify, { FastifyReply, FastifyRequest } from 'fastify';
import { toWireError } from '@snowflow/contracts/errors/app-error';
import { ERROR_CODES, isErrorCode } from '@snowflow/contracts/errors/error-codes';
import { ROWS_HANDLE_HEADER, ROWS_PATH } from '@snowflow/contracts/rows/rows-handle';
import { boundedHttp, INSIDE, INSIDE_BODY_BYTES } from '@snowflow/platform/process/bounded-http';
import { contextOf, inSpan } from '@snowflow/transport/spans';
import { toAppError } from '../errors/to-app-error';
import { RowsService } from './rows.service';

export const ROWS_LISTEN = Symbol('ROWS_LISTEN');
export interface RowsListen {
  host: string;
  port: number;
}

/** The internal HTTP door for rows: only who holds a sealed handle gets any. */
@Injectable()
export class RowsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly server = fastify({
    logger: false,
    bodyLimit: INSIDE_BODY_BYTES,
    // What comes while it closes is answered as ever: the sessions are there until after that.
    return503OnClosing: false,
    ...boundedHttp(INSIDE),
  });

  constructor(
    private readonly rows: RowsService,
    @Inject(ROWS_LISTEN) private readonly listen: RowsListen,
  ) {
    this.server.post(ROWS_PATH, (request, reply) => this.answer(request, reply));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.server.listen(this.listen);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.server.close();
  }

  /** Whether rows can be asked for; for readiness. */
  get isListening(): boolean {
    return this.server.server.listening;
  }

  /** Where it listens, once it does. */
  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  private async answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const reader = new AbortController();
    reply.raw.once('close', () => reader.abort());
    try {
      const handle = String(request.headers[ROWS_HANDLE_HEADER] ?? '');
      const about = { kind: SpanKind.SERVER, parent: contextOf(request.headers['traceparent']?.toString()) };
      const { contentType, pieces } = await inSpan('rows', about, () => this.rows.read(handle, reader));
      // The first piece decides whether it is an answer or a problem; after it only the connection can tell.
      const first = await pieces.next();
      void reply.header('content-type', contentType).header('cache-control', 'no-store');
      return await reply.send(first.done ? '' : Readable.from(after(first.value, pieces), { objectMode: false }));
    } catch (error) {
      return sendProblem(request, reply, toAppError(error));
    }
  }
}

async function* after(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const { code, message, details } = toWireError(error);
  const { status, title } = ERROR_CODES[isErrorCode(code) ? code : 'INTERNAL'];
  const correlationId = String(request.headers['x-correlation-id'] ?? randomUUID());
  if (details?.retryAfterSeconds) void reply.header('retry-after', Math.ceil(details.retryAfterSeconds));
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send({
      type: 'about:blank',
      title,
      status,
      code,
      detail: message,
      correlationId,
      errors: details?.errors ?? [],
      snowflake: details?.snowflake,
    });
}
