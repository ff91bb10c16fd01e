import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { CORRELATION_HEADER } from '@snowflow/contracts/http/correlation-header';

const ACCEPTED = /^[A-Za-z0-9._-]{8,64}$/;

/** The caller's correlation id where it is harmless in a log line, else a new one. Fastify keeps it as `request.id`. */
export function correlationIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers[CORRELATION_HEADER];
  return typeof given === 'string' && ACCEPTED.test(given) ? given : randomUUID();
}
