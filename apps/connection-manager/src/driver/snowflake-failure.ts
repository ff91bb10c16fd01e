/**
 * Why a request to Snowflake gave no result.
 * - `refused`: Snowflake said no, with its code (a failed statement, a wrong password)
 * - `session`: the session token is expired or unknown; the request was not looked at
 * - `unreachable`: no usable answer came; whether the request was applied is not known
 * - `cancelled`: we gave up waiting, or refused to send it
 */
export type FailureKind = 'refused' | 'session' | 'unreachable' | 'cancelled';

export interface FailureFacts {
  code?: string;
  sqlState?: string;
  line?: number;
  position?: number;
  queryId?: string;
}

/** What the driver's port throws. Its message may quote data. */
export class SnowflakeFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly facts: FailureFacts = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SnowflakeFailure';
  }
}
