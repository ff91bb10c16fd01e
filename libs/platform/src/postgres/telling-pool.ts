import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { storeError } from './store-away';

/** A pool for Kysely whose errors tell a Postgres that is away from a statement that it refuses. */
export function tellingPool(pool: Pool): PostgresPool {
  return { connect: async () => telling(await pool.connect().catch(rethrow)), end: () => pool.end() };
}

/** Once its connection is lost, nothing is asked over it any more, not even to roll back: the pool makes another. */
function telling(client: PoolClient): PostgresPoolClient {
  let lost: unknown;
  const keep = (error: unknown): never => {
    const told = storeError(error);
    if (told !== error) lost = told;
    throw told;
  };
  function query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  function query<Row>(
    text: string | PostgresCursor<Row>,
    values: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<Row>> | PostgresCursor<Row> {
    if (typeof text !== 'string') throw new Error('Rows are not read by cursors here');
    if (lost) return Promise.reject(lost);
    return client.query(text, [...values]).catch(keep) as Promise<PostgresQueryResult<Row>>;
  }
  return { query, release: () => client.release(lost !== undefined) };
}

function rethrow(error: unknown): never {
  throw storeError(error);
}
