import type { Redis } from 'ioredis';
import { GROUP } from './stream-keys';

const FORGOTTEN_AFTER_MS = 10 * 60_000;

/** Deletes consumers that hold nothing and were not seen for a while; one step, so that none comes back in between. */
const FORGET_SCRIPT = `
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local fields = {}
  for i = 1, #consumer, 2 do fields[consumer[i]] = consumer[i + 1] end
  if fields.pending == 0 and fields.idle > tonumber(ARGV[2]) then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], fields.name)
  end
end`;

/** Creates the group of a service, from the first request on, unless it is there. */
export async function ensureGroup(redis: Redis, stream: string): Promise<void> {
  try {
    await redis.xgroup('CREATE', stream, GROUP, '0', 'MKSTREAM');
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('BUSYGROUP'))) throw error;
  }
}

/** Forgets the names of replicas that died long ago. */
export async function forgetDeadConsumers(redis: Redis, stream: string): Promise<void> {
  await redis.eval(FORGET_SCRIPT, 1, stream, GROUP, FORGOTTEN_AFTER_MS);
}

/** Signs a replica off, unless requests are still in its name: deleting those would lose them. */
export async function leaveGroup(redis: Redis, stream: string, consumer: string): Promise<void> {
  const held = await redis.xpending(stream, GROUP, '-', '+', 1, consumer);
  if (held.length === 0) await redis.xgroup('DELCONSUMER', stream, GROUP, consumer);
}
