import { AppError } from '@snowflow/contracts/errors/app-error';
import { outcomeUnknown } from './call-failure';

/** Nothing was sent: no connection came about, or the server takes none just now. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', '57P03', '53300', '08001']);
/** What was sent may have been applied before the connection was gone. */
const CUT_OFF = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '08000', '08003', '08006']);
/** pg and ioredis give some of these no code. */
const NOT_CONNECTED_TEXT =
  /^(timeout exceeded when trying to connect|Connection terminated due to connection timeout|Stream isn't writeable|LOADING )/;
const CUT_OFF_TEXT =
  /^(Connection terminated|Connection is closed|Client has encountered a connection error|Query read timeout|Command timed out|READONLY )/;

/**
 * What a caller hears of a handler that failed because Postgres or Redis was away, undefined for any other failure. `unsafe`: a write
 * without an idempotency key, of which nobody may say that it was not done where the connection broke on the way.
 */
export function storeAway(error: unknown, service: string, unsafe: boolean): AppError | undefined {
  const progress = progressOf(error);
  if (!progress) return undefined;
  if (unsafe && progress === 'cut off') return outcomeUnknown(service);
  return new AppError('UNAVAILABLE', `${service} does not reach its store now. Try again in a moment.`, {
    retryAfterSeconds: 2,
  });
}

function progressOf(error: unknown): 'not connected' | 'cut off' | undefined {
  // A repository may have said already that its store is away; what came of the write is known by the cause only.
  if (error instanceof AppError) return error.code === 'UNAVAILABLE' ? progressOf(error.cause) : undefined;
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, name, message, cause } = error as { code?: unknown; name?: string; message?: string; cause?: unknown };
  if (NOT_CONNECTED.has(String(code)) || NOT_CONNECTED_TEXT.test(message ?? '')) return 'not connected';
  const isCutOff =
    CUT_OFF.has(String(code)) || CUT_OFF_TEXT.test(message ?? '') || name === 'MaxRetriesPerRequestError';
  return isCutOff ? 'cut off' : progressOf(cause);
}
