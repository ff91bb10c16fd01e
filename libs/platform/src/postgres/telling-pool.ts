import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { storeError } from './store-away';

/** A pool for Kysely whose errors tell a Postgres that is away from a statement that it refuses. */
export function tellingPool(pool: Pool): PostgresPool {
  return { connect: async () => telling(await pool.connect().catch(rethrow)), end: () => pool.end() };
}

function telling(client: PoolClient): PostgresPoolClient {
  function query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  function query<Row>(
    text: string | PostgresCursor<Row>,
    values: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<Row>> | PostgresCursor<Row> {
    if (typeof text !== 'string') throw new Error('Rows are not read by cursors here');
    return client.query(text, [...values]).catch(rethrow) as Promise<PostgresQueryResult<Row>>;
  }
  return { query, release: () => client.release() };
}

function rethrow(error: unknown): never {
  throw storeError(error);
}
