import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import type { Endpoint } from '../accounts/endpoint';

/** A column as Snowflake's protocol describes it. */
export interface RawColumn {
  name: string;
  type: string;
  nullable: boolean;
  precision: number | null;
  scale: number | null;
  length: number | null;
  byteLength: number | null;
}

/** Every value is text exactly as Snowflake sent it, or null. */
export type RawRow = (string | null)[];

/** What the session's context was when the statement ended, as its reply says. */
export interface FinalContext {
  role: string | null;
  warehouse: string | null;
  database: string | null;
  schema: string | null;
}

export interface DriverStatement {
  sql: string;
  binds?: readonly Bind[];
  requestId?: string;
  /** Session parameters for this statement alone. */
  parameters?: Record<string, string | number | boolean>;
  describeOnly?: boolean;
}

export interface DriverResult {
  queryId: string;
  columns: RawColumn[];
  rowCount: number;
  /** For INSERT, UPDATE, DELETE and MERGE. */
  rowsAffected?: number;
  /** By Snowflake's statement type it is a query. */
  isQuery: boolean;
  finalContext: FinalContext;
  /** Rows from `start` to `end`, both counted from 0 and included, read as they are consumed. */
  rows(start: number, end: number): AsyncIterable<RawRow>;
  /** The same, by as many at a time as came together. */
  batches(start: number, end: number): AsyncIterable<RawRow[]>;
}

export interface Credentials {
  /** Not needed where the token says whose it is. */
  username?: string;
  authenticator: 'SNOWFLAKE' | 'USERNAME_PASSWORD_MFA' | 'SNOWFLAKE_JWT' | 'PROGRAMMATIC_ACCESS_TOKEN' | 'OAUTH';
  password?: string;
  passcode?: string;
  privateKey?: string;
  privateKeyPass?: string;
  token?: string;
  role?: string;
  warehouse?: string;
  database?: string;
  schema?: string;
}

/** One session in one process. All of it throws SnowflakeFailure. */
export interface DriverConnection {
  /** The session's tokens as the driver writes them; only the same driver version reads them. */
  serialize(): string;
  /** Runs a statement and waits for its result. */
  execute(statement: DriverStatement, signal: AbortSignal): Promise<DriverResult>;
  /** Answers the query id as soon as Snowflake has taken the statement. */
  submit(statement: DriverStatement, signal: AbortSignal): Promise<string>;
  /** Waits for the result of a statement that was submitted. */
  fetch(queryId: string, signal: AbortSignal): Promise<DriverResult>;
  /** Lets sockets go once the last request has ended. The session in Snowflake stays. */
  dispose(): void;
}

/** The port to snowflake-sdk. */
export abstract class SnowflakeDriver {
  abstract readonly version: string;
  abstract login(endpoint: Endpoint, credentials: Credentials, signal: AbortSignal): Promise<DriverConnection>;
  /** A connection to a session that is open already; nothing is sent. */
  abstract resume(endpoint: Endpoint, serialized: string): DriverConnection;
}
