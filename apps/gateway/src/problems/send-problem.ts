import type { AppError } from '@snowflow/contracts/errors/app-error';
import { ERROR_CODES } from '@snowflow/contracts/errors/error-codes';
import type { FastifyReply } from 'fastify';
import { PROBLEM_TYPE, problemOf } from './problem';
import { retryAfterOf } from './retry-after';

/** Answers a refusal. Once a stream has begun nothing can be said any more: the connection is cut, so nobody takes a part for the whole. */
export function sendProblem(reply: FastifyReply, error: AppError, correlationId: string): void {
  if (reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  const { status } = ERROR_CODES[error.code];
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply.headers(retryAfterOf(error));
  void reply
    .status(status)
    .header('content-type', PROBLEM_TYPE)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemOf(error, correlationId)));
}
