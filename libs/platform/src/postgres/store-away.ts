import { AppError } from '@snowflow/contracts/errors/app-error';
import { connectionLoss } from '@snowflow/contracts/errors/connection-loss';

const AGAIN_AFTER_SECONDS = 2;

/** deadlock_detected and serialization_failure: Postgres took a transaction back, because another needed what it held. */
const GAVE_WAY = new Set(['40P01', '40001']);
const AWAY = 'The database of SnowFlow takes nothing at the moment. Try again soon.';
const BUSY = 'Something else was changing the same at this moment. Nothing was done; try again.';

/**
 * Postgres does not answer, or took the transaction back. Whether what was asked last was done is as open as with any lost connection where
 * it does not answer; what it took back was not done.
 */
export class StoreAway extends AppError {
  constructor(cause: unknown, message = AWAY) {
    super('UNAVAILABLE', message, { retryAfterSeconds: AGAIN_AFTER_SECONDS }, { cause });
  }
}

/** Any error of the driver; one that tells of no connection, or of another transaction, rather than of a statement is StoreAway. */
export function storeError(error: unknown): unknown {
  if (error instanceof Error && 'code' in error && GAVE_WAY.has(String(error.code))) return new StoreAway(error, BUSY);
  return connectionLoss(error) ? new StoreAway(error) : error;
}
