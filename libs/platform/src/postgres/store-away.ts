import { AppError } from '@snowflow/contracts/errors/app-error';
import { connectionLoss } from '@snowflow/contracts/errors/connection-loss';

const AGAIN_AFTER_SECONDS = 2;

/** Postgres does not answer. Whether what was asked last was done is as open as with any lost connection. */
export class StoreAway extends AppError {
  constructor(cause: unknown) {
    const message = 'The database of SnowFlow does not answer. Try again in a moment.';
    super('UNAVAILABLE', message, { retryAfterSeconds: AGAIN_AFTER_SECONDS }, { cause });
  }
}

/** Any error of the driver; one that tells of no connection rather than of a statement is StoreAway. */
export function storeError(error: unknown): unknown {
  return connectionLoss(error) ? new StoreAway(error) : error;
}
