import { AppError } from '@snowflow/contracts/errors/app-error';
import { connectionLoss } from '@snowflow/contracts/errors/connection-loss';
import { outcomeUnknown } from './call-failure';

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

function progressOf(error: unknown): ReturnType<typeof connectionLoss> {
  // A repository may have said already that its store is away; what came of the write is known by the cause only.
  if (error instanceof AppError) return error.code === 'UNAVAILABLE' ? connectionLoss(error.cause) : undefined;
  return connectionLoss(error);
}
