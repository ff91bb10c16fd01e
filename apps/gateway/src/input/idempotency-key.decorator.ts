import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { FastifyRequest } from 'fastify';

const HEADER = 'idempotency-key';
const ACCEPTED = /^[\x21-\x7e]{1,255}$/;

/** The Idempotency-Key header as options of a service call; undefined where there is none. */
export const IdempotencyKey = createParamDecorator((_: unknown, execution: ExecutionContext) =>
  readIdempotencyKey(execution.switchToHttp().getRequest<FastifyRequest>().headers[HEADER]),
);

function readIdempotencyKey(value: string | string[] | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && ACCEPTED.test(value)) return value;
  throw new AppError('VALIDATION', 'The Idempotency-Key header is not valid.', {
    errors: [{ path: 'Idempotency-Key', message: 'Use 1 to 255 printable characters without spaces' }],
  });
}
