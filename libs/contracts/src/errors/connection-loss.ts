/** Nothing was sent: no connection came about, or the server takes none just now. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', '57P03', '53300', '08001']);
/**
 * A Postgres that is a replica or was set to take no writes, as hosts do where its disk is full, or whose disk is full; a Redis whose memory or
 * disk is full, or that misses its replicas. What they refuse was not done, but what was asked of the other store before may have been.
 */
const NO_WRITES = new Set(['25006', '53100']);
const NO_WRITES_TEXT = /^(OOM|MISCONF|NOREPLICAS) /;
/** What was sent may have been applied before the connection was gone. */
const CUT_OFF = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', '08000', '08003', '08006']);
/** A Postgres that stops, or ends a session. */
const POSTGRES_ENDS = /^57P0[1245]$/;
/** pg and ioredis give some of these no code. */
const NOT_CONNECTED_TEXT =
  /^(timeout exceeded when trying to connect|Connection terminated due to connection timeout|Client was closed|Stream isn't writeable|LOADING )/;
const CUT_OFF_TEXT =
  /^(Connection terminated|Connection is closed|Client has encountered a connection error|Query read timeout|Command timed out|READONLY )/;

interface DriverError {
  code?: unknown;
  name?: string;
  message?: string;
  cause?: unknown;
  /** Why Redis discarded a MULTI. */
  previousErrors?: readonly unknown[];
}

/**
 * How far a call of pg or ioredis came whose error tells of its connection or of a store that takes no writes, and not of what was asked;
 * undefined for any other error. SQLSTATE classes 08, 25, 53 and 57 are PostgreSQL's (appendix A, error codes).
 */
export function connectionLoss(error: unknown): 'not connected' | 'cut off' | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, name, message = '', cause, previousErrors } = error as DriverError;
  if (NOT_CONNECTED.has(String(code)) || NOT_CONNECTED_TEXT.test(message)) return 'not connected';
  const isCutOff =
    CUT_OFF.has(String(code)) ||
    POSTGRES_ENDS.test(String(code)) ||
    CUT_OFF_TEXT.test(message) ||
    NO_WRITES.has(String(code)) ||
    NO_WRITES_TEXT.test(message) ||
    name === 'MaxRetriesPerRequestError';
  return isCutOff ? 'cut off' : connectionLoss(cause ?? previousErrors?.[0]);
}
