import { AsyncLocalStorage } from 'node:async_hooks';
import type { FinalContext, RawColumn } from './snowflake-driver';

/** What a reply said that the driver keeps to itself. */
export interface ReplyFacts {
  queryId: string;
  columns: RawColumn[];
  rowCount: number;
  statementTypeId: number;
  finalContext: FinalContext;
}

/** One use of the driver: it ends when the signal says so, whatever the driver's own retries would do. */
export interface DriverCall {
  readonly signal: AbortSignal;
  reply?: ReplyFacts;
  /** Snowflake's code where it refused the session token. */
  sessionRefused?: string;
}

/** Carries the call through the driver's callbacks to the HTTP client below them. */
export const driverCalls = new AsyncLocalStorage<DriverCall>();
