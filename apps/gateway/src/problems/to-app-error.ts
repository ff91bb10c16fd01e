import { HttpException } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ErrorCode } from '@snowflow/contracts/errors/error-codes';
import { storeAway } from '@snowflow/transport/store-away';

const INTERNAL = 'Something went wrong here. Try again; if it stays, tell the operator the correlation id.';

/** What the framework refuses before a handler is reached, in our words: its own messages may quote the input. */
const BY_STATUS: Readonly<Record<number, readonly [ErrorCode, string]>> = {
  400: ['MALFORMED_BODY', 'The request is not readable. Send a body of JSON that is whole, with a content type.'],
  401: ['UNAUTHENTICATED', 'Sign in first.'],
  403: ['FORBIDDEN', 'This is not allowed.'],
  404: ['NOT_FOUND', 'There is nothing here. Look at the address and the method.'],
  405: ['METHOD_NOT_ALLOWED', 'The method is not allowed here.'],
  413: ['BODY_TOO_LARGE', 'The body is too large.'],
  415: ['UNSUPPORTED_MEDIA_TYPE', 'Send application/json.'],
  422: ['VALIDATION', 'The request is not valid.'],
  503: ['UNAVAILABLE', 'A part of SnowFlow does not answer. Try again in a moment.'],
};

/** Any thrown value as an AppError; what nobody meant to throw becomes INTERNAL, without its text. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  // All that the gateway itself asks of Redis may be asked again.
  const away = storeAway(error, 'The gateway', false);
  if (away) return away;
  const status = statusOf(error);
  const known = status === undefined ? undefined : BY_STATUS[status];
  if (known) return new AppError(known[0], known[1], {}, { cause: error });
  const isRefusal = status !== undefined && status >= 400 && status < 500;
  if (isRefusal) return new AppError('MALFORMED_BODY', BY_STATUS[400]?.[1] ?? INTERNAL, {}, { cause: error });
  return new AppError('INTERNAL', INTERNAL, {}, { cause: error });
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number') {
    return error.statusCode;
  }
  return undefined;
}
