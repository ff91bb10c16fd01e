import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ServiceOptions } from '@snowflow/platform/process/run-service';
import type { GatewayEnv } from './env';
import { PROBLEM_TYPE, problemOf } from './problems/problem';
import { toAppError } from './problems/to-app-error';
import { correlationIdOf } from './scope/correlation-id';

/** Snowflake names have up to 255 characters, and each may take nine in an address (%F0%9F%…). */
const MAX_PARAMETER_LENGTH = 255 * 12;

/** Fastify as the edge needs it: bounded input, believed proxies only, and refusals of its own in problem+json too. */
export function httpOptions(env: Pick<GatewayEnv, 'BODY_LIMIT_BYTES' | 'TRUSTED_PROXIES'>): ServiceOptions['http'] {
  return {
    bodyLimit: env.BODY_LIMIT_BYTES,
    trustProxy: env.TRUSTED_PROXIES.length > 0 ? env.TRUSTED_PROXIES : false,
    genReqId: correlationIdOf,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    frameworkErrors: (error, request, reply) => {
      const problem = problemOf(toAppError(error), request.id);
      reply.hijack();
      reply.raw.writeHead(problem.status, { 'content-type': PROBLEM_TYPE }).end(JSON.stringify(problem));
    },
    clientErrorHandler: (_error, socket) => {
      const problem = problemOf(new AppError('MALFORMED_BODY', 'This is not an HTTP request.'), '');
      const body = JSON.stringify(problem);
      if (!socket.writable) return;
      socket.end(
        `HTTP/1.1 400 Bad Request\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      );
    },
  };
}
