import { Pool } from 'pg';
import { APP_ROLE } from './app-role';
import { watchPool } from './pool-metrics';

/**
 * A machine that is gone without a word leaves connections that look open for a quarter of an hour. What is asked here is answered in much
 * less than this, or never.
 */
const SILENT_MS = 12_000;
/** The server, too, ends what nobody is behind any more: a transaction that was left open there holds its locks. */
const FORGETTING =
  '-c idle_in_transaction_session_timeout=15000 -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=3 -c tcp_keepalives_count=3';
const WAIT_MS = 10_000;

export interface PostgresOptions {
  url: string;
  /** How the connections are called in pg_stat_activity. */
  applicationName: string;
  poolSize: number;
  /** How long one waits for a connection, a free or a new one. */
  waitMs?: number;
}

/** A pool whose connections work as the restricted role. */
export function appPool({ url, applicationName, poolSize, waitMs = WAIT_MS }: PostgresOptions): Pool {
  const pool = withoutUncaught(
    new Pool({
      connectionString: url,
      application_name: applicationName,
      max: poolSize,
      connectionTimeoutMillis: waitMs,
      query_timeout: SILENT_MS,
      // As a start option it is also what RESET ROLE falls back to.
      options: `-c role=${APP_ROLE} ${FORGETTING}`,
    }),
  );
  watchPool(applicationName, pool);
  return pool;
}

/**
 * A connection that breaks while no query is under way on it, be it idle or between two statements of a transaction, tells it by an event
 * that ends a process without a listener. The pool replaces an idle one; a transaction's next statement fails.
 */
export function withoutUncaught(pool: Pool): Pool {
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}
