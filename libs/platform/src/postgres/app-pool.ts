import { Pool } from 'pg';
import { APP_ROLE } from './app-role';

export interface PostgresOptions {
  url: string;
  /** How the connections are called in pg_stat_activity. */
  applicationName: string;
  poolSize: number;
}

/** A pool whose connections work as the restricted role. */
export function appPool({ url, applicationName, poolSize }: PostgresOptions): Pool {
  return withoutUncaught(
    new Pool({
      connectionString: url,
      application_name: applicationName,
      max: poolSize,
      connectionTimeoutMillis: 10_000,
      // As a start option it is also what RESET ROLE falls back to.
      options: `-c role=${APP_ROLE}`,
    }),
  );
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
