import { AppError } from '@snowflow/contracts/errors/app-error';

const AGAIN_AFTER_SECONDS = 2;
/** Of the network, and of a Postgres that stops, starts or takes no more connections. */
const CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
const SQL_STATES = /^(08...|57P0[1-5]|53300)$/;
/** The driver gives its own words no code. */
const WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** Postgres does not answer. Whether what was asked last was done is as open as with any lost connection. */
export class StoreAway extends AppError {
  constructor(cause: unknown) {
    const message = 'The database of SnowFlow does not answer. Try again in a moment.';
    super('UNAVAILABLE', message, { retryAfterSeconds: AGAIN_AFTER_SECONDS }, { cause });
  }
}

/** Any error of the driver; one that tells of no connection rather than of a statement is StoreAway. */
export function storeError(error: unknown): unknown {
  return isOfConnection(error) ? new StoreAway(error) : error;
}

function isOfConnection(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  return CODES.has(code) || SQL_STATES.test(code) || WORDS.test(message);
}
