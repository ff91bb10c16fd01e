import type { Redis } from 'ioredis';
import type { Progress } from './call-failure';
import type { PendingCall } from './pending-calls';
import { GROUP, streamOf } from './stream-keys';

const PATIENCE_MS = 500;

/**
 * Takes back a request that nobody answered in time and tells whether a replica had begun with it.
 * An entry that could be deleted and that no replica holds was never delivered.
 */
export async function withdraw(redis: Redis, call: PendingCall): Promise<Progress> {
  if (!call.entryId || redis.status !== 'ready') return 'unknown';
  const stream = streamOf(call.service);
  const taken = redis
    .multi()
    .xdel(stream, call.entryId)
    .xpending(stream, GROUP, call.entryId, call.entryId, 1)
    .exec()
    .then(progressOf, (): Progress => 'unknown');
  let timer: NodeJS.Timeout | undefined;
  const impatience = new Promise<Progress>((resolve) => {
    timer = setTimeout(() => resolve('unknown'), PATIENCE_MS);
  });
  return Promise.race([taken, impatience]).finally(() => clearTimeout(timer));
}

function progressOf(results: [error: Error | null, result: unknown][] | null): Progress {
  const [deletion, held] = results ?? [];
  if (!deletion || deletion[0]) return 'unknown';
  // Before a service ever started there is no group to hold anything.
  const noGroup = held?.[0]?.message.startsWith('NOGROUP') ?? false;
  const isHeld = Array.isArray(held?.[1]) && held[1].length > 0;
  return deletion[1] === 1 && !isHeld && (noGroup || !held?.[0]) ? 'not-started' : 'started';
}
