import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { LuaScript } from './lua-script';

/** Who dies with a lease keeps others out for no longer. */
const LEASE_MS = 15_000;

const releaseOwn = new LuaScript<number>(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`);

const extendOwn = new LuaScript<number>(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0
`);

/** Runs the work while nobody else holds the lease, which lasts as long as the work does; undefined where another has it. */
export async function underLease<Result>(
  redis: Redis,
  key: string,
  work: () => Promise<Result>,
  leaseMs = LEASE_MS,
): Promise<{ result: Result } | undefined> {
  const holder = randomUUID();
  if ((await redis.set(key, holder, 'PX', leaseMs, 'NX')) !== 'OK') return undefined;
  // What can't be extended just now is tried again before it runs out.
  const extend = () => void extendOwn.run(redis, [key], [holder, leaseMs]).catch(() => undefined);
  const timer = setInterval(extend, leaseMs / 3);
  try {
    return { result: await work() };
  } finally {
    clearInterval(timer);
    await releaseOwn.run(redis, [key], [holder]);
  }
}
