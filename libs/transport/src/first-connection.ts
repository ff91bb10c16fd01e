import type { Redis } from 'ioredis';
import { once } from 'node:events';

/**
 * Connects a lazy connection for the first time. It fails at the first error, for that ends a start with its reason; later ones are waited
 * out. A connection by sentinels would by itself ask without end, where none of them answers or knows its password.
 */
export async function firstConnection(redis: Redis): Promise<void> {
  const failed = once(redis, 'error').then(([error]) => Promise.reject(error as Error));
  await Promise.race([redis.connect(), failed]);
}
