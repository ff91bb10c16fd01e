import { AppError } from '@snowflow/contracts/errors/app-error';
import { boundedHttp } from '@snowflow/platform/process/bounded-http';
import type { ServiceOptions } from '@snowflow/platform/process/run-service';
import { randomUUID } from 'node:crypto';
import type { GatewayEnv } from './env';
import { bareAnswer } from './problems/bare-answer';
import { toAppError } from './problems/to-app-error';
import { correlationIdOf } from './scope/correlation-id';

/** Snowflake names have up to 255 characters, and each may take nine in an address (%F0%9F%…). */
const MAX_PARAMETER_LENGTH = 255 * 12;
/** Of these Node has no other name. */
const LATE = 'ERR_HTTP_REQUEST_TIMEOUT';
/** How long a client has to read why its connection ends. */
const LAST_WORD_MS = 1_000;

type HttpEnv = Pick<
  GatewayEnv,
  'BODY_LIMIT_BYTES' | 'TRUSTED_PROXIES' | 'HEADERS_TIMEOUT_MS' | 'REQUEST_TIMEOUT_MS' | 'KEEP_ALIVE_TIMEOUT_MS'
>;

/** Fastify as the edge needs it: bounded input that comes in time, believed proxies only, and refusals of its own in problem+json too. */
export function httpOptions(env: HttpEnv): ServiceOptions['http'] {
  return {
    ...boundedHttp({
      headersTimeoutMs: env.HEADERS_TIMEOUT_MS,
      requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
      keepAliveTimeoutMs: env.KEEP_ALIVE_TIMEOUT_MS,
    }),
    bodyLimit: env.BODY_LIMIT_BYTES,
    trustProxy: env.TRUSTED_PROXIES.length > 0 ? env.TRUSTED_PROXIES : false,
    genReqId: correlationIdOf,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    frameworkErrors: (error, request, reply) => {
      const { status, headers, body } = bareAnswer(toAppError(error), request.id);
      reply.hijack();
      reply.raw.writeHead(status, headers).end(body);
    },
    clientErrorHandler: ({ code }, socket) => {
      if (!socket.writable) return;
      const isLate = code === LATE;
      const error = isLate
        ? new AppError('REQUEST_TIMEOUT', 'The request did not arrive in time. Send it again, without a pause in it.')
        : new AppError('MALFORMED_BODY', 'This is not an HTTP request.');
      const { status, headers, body } = bareAnswer(error, randomUUID());
      const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}`);
      const reason = isLate ? 'Request Timeout' : 'Bad Request';
      socket.end(`HTTP/1.1 ${status} ${reason}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
      // The other half is its client's to close, who may never do it.
      setTimeout(() => socket.destroy(), LAST_WORD_MS).unref();
    },
  };
}
