import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** Longer than a refresh with all its retries: a lock that is left over belongs to a replica that died. */
const LIFE_MS = 60_000;
const PATIENCE_MS = 15_000;
const LOOK_AGAIN_MS = 25;

const keyOf = (credentialId: string) => `snowflow:credential-grant:${credentialId}`;

const RELEASE_OWN = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`;

/** Over all replicas, one at a time refreshes a grant: a provider that replaces tokens takes a former one for a thief's. */
@Injectable()
export class GrantLock {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  /** Throws OVERLOADED where others hold it for longer than anybody waits. */
  async hold<Result>(credentialId: string, work: () => Promise<Result>): Promise<Result> {
    const key = keyOf(credentialId);
    const holder = randomUUID();
    const giveUpAtMs = Date.now() + PATIENCE_MS;
    while ((await this.redis.set(key, holder, 'PX', LIFE_MS, 'NX')) === null) {
      if (Date.now() > giveUpAtMs) throw busy();
      await pause(LOOK_AGAIN_MS);
    }
    try {
      return await work();
    } finally {
      await this.redis.eval(RELEASE_OWN, 1, key, holder);
    }
  }
}

function busy(): AppError {
  return new AppError('OVERLOADED', 'Other runs are signing in with this stored credential. Try again in a minute.', {
    retryAfterSeconds: LIFE_MS / 1000,
  });
}
