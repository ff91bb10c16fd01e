import type { Redis } from 'ioredis';
import type { StreamDepth } from './rpc-metrics';
import { GROUP } from './stream-keys';

/** What stands in a stream: entries leave it when they are answered, so what nobody was handed is all the rest. */
export async function depthOf(redis: Redis, stream: string): Promise<StreamDepth> {
  const [length, pending] = await Promise.all([redis.xlen(stream), redis.xpending(stream, GROUP)]);
  const unanswered = Number(pending[0]);
  return { unread: Math.max(0, length - unanswered), unanswered };
}
