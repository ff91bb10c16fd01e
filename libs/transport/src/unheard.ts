import type { Redis } from 'ioredis';
import { setTimeout } from 'node:timers/promises';
import type { PendingCall } from './pending-calls';
import { streamOf } from './stream-keys';

/** A reply goes out just before its request is struck off: it may still be on its way. */
const ON_ITS_WAY_MS = 250;

/**
 * Which of these calls can't be answered any more: their requests stand no longer in the stream, struck off with their replies, or lost
 * with a Redis that had not yet written them down. Empty where Redis does not say.
 */
export async function answeredUnheard(redis: Redis, calls: readonly PendingCall[]): Promise<PendingCall[]> {
  const sent = calls.filter(({ entryId }) => entryId !== undefined);
  const standing = await Promise.all(sent.map((call) => isStanding(redis, call))).catch(() => null);
  if (!standing) return [];
  const gone = sent.filter((_, index) => !standing[index]);
  if (gone.length > 0) await setTimeout(ON_ITS_WAY_MS);
  return gone;
}

async function isStanding(redis: Redis, { service, entryId = '' }: PendingCall): Promise<boolean> {
  const found = await redis.xrange(streamOf(service), entryId, entryId);
  return found.length > 0;
}
