import { type Kysely, sql } from 'kysely';
import type { Redis } from 'ioredis';
import { NotReady } from './health-options';

const PROBE = 'snowflow:health:probe';
const PROBE_MS = 60_000;

/** What Redis says in place of a write, by the word it begins with, and what that means. */
const NO_WRITES: Readonly<Record<string, string>> = {
  OOM: 'is full: it takes no writes',
  MISCONF: 'cannot write to its disk',
  READONLY: 'is a replica: it takes no writes',
  NOREPLICAS: 'is a master without the replicas it needs: it takes no writes',
};

/** Writes, for a Redis that only answers is of no use here. Throws NotReady with the reason where it refuses. */
export async function requireRedis(redis: Redis): Promise<void> {
  await redis.set(PROBE, '1', 'PX', PROBE_MS).catch((error: unknown) => {
    const reason = error instanceof Error ? NO_WRITES[error.message.split(' ', 1)[0] ?? ''] : undefined;
    throw reason ? new NotReady(reason) : error;
  });
}

/** Throws NotReady where it answers and takes no writes: a replica, or one that was set so, as hosts do where the disk is full. */
export async function requirePostgres(database: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{
    is_read_only: string;
  }>`SELECT current_setting('transaction_read_only') AS is_read_only`.execute(database);
  if (rows[0]?.is_read_only === 'on') throw new NotReady('takes no writes');
}
