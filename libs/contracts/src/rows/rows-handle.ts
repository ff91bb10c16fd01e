import type { PinnedContext } from '../sessions/session-record';

/** How rows leave connection-manager: a page of JSON, or a stream of the whole result. */
export type RowsFormat = 'page' | 'csv' | 'ndjson';

/** A bind as the driver takes it; arrays are not used. */
export type Bind = string | number | boolean | null;

/**
 * The right to read one result as one person for a short while. The service that authorised the reader seals it with the
 * key ring (purpose ROWS_HANDLE_PURPOSE); the gateway only carries it, in the ROWS_HANDLE_HEADER, to connection-manager's internal port.
 */
export interface RowsHandle {
  tenantId: string;
  sessionId: string;
  userId: string;
  context: PinnedContext;
  source: { queryId: string } | { sql: string; binds: Bind[]; queryTag: string };
  format: RowsFormat;
  /** Rows to skip and rows to give; a csv or ndjson stream gives all. */
  offset: number;
  limit: number;
  /** Milliseconds since the epoch. */
  expiresAtMs: number;
}

export const ROWS_HANDLE_PURPOSE = 'rows-handle';
export const ROWS_HANDLE_HEADER = 'x-rows-handle';
/** POST it on connection-manager's internal HTTP port. */
export const ROWS_PATH = '/internal/rows';
