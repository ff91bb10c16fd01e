import { ErrorCode, isErrorCode } from './error-codes';

/** One field that is wrong: `path` is dotted (`conditions.0.column`), `message` is a sentence for a person. */
export interface FieldError {
  path: string;
  message: string;
}

/** What an AppError may carry beside code and message. Plain JSON: it crosses processes. */
export interface ErrorDetails {
  errors?: FieldError[];
  /** Further members of the problem+json body (`current`, `problems`, `authorizeUrl`, …). */
  extensions?: Record<string, unknown>;
  /** Seconds, sent as Retry-After. */
  retryAfterSeconds?: number;
  /** What Snowflake said: its code, SQLSTATE and position. The message of a failed statement is data. */
  snowflake?: { code?: string; sqlState?: string; line?: number; position?: number; queryId?: string };
}

/** The one error that services throw on purpose. `message` is shown to people: what happened, to which thing, what to do. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'AppError';
  }
}

/** An AppError as it travels between services. */
export interface ErrorOnWire {
  code: string;
  message: string;
  details?: ErrorDetails;
}

/** The wire form of any thrown value; what is not an AppError becomes INTERNAL without its text, which may hold data. */
export function toWireError(error: unknown): ErrorOnWire {
  if (error instanceof AppError) return { code: error.code, message: error.message, details: error.details };
  return {
    code: 'INTERNAL',
    message: 'Something went wrong here. Try again; if it stays, tell the operator the correlation id.',
  };
}

/** The AppError of a wire form; a code from a newer version becomes INTERNAL. */
export function fromWireError(wire: ErrorOnWire): AppError {
  return new AppError(isErrorCode(wire.code) ? wire.code : 'INTERNAL', wire.message, wire.details ?? {});
}
