import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { SessionRef } from './sealed-session.repository';
import { tenantKeys } from './session-keys';

/** Longer than any submission is under way: from the queue of its replica to its own deadline. */
const FENCE_MS = 600_000;
/** A replica may be stopped while Redis answers. Less than what passes between the two looks of who settles. */
const FRESH_MS = 1_000;

/**
 * Request ids that must not be sent any more: cancelled, or settled as absent. That Snowflake does not know a request is no such fence,
 * for the one that submits it may only be slow.
 */
@Injectable()
export class RequestFences {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  async raise({ tenantId }: SessionRef, requestId: string): Promise<void> {
    await this.redis.set(tenantKeys.fenced(tenantId, requestId), '1', 'PX', FENCE_MS);
  }

  /** Throws RUN_ENDED where the request is fenced. To be asked right before it is sent. */
  async pass({ tenantId }: SessionRef, requestId: string): Promise<void> {
    for (;;) {
      const askedAtMs = Date.now();
      if ((await this.redis.exists(tenantKeys.fenced(tenantId, requestId))) === 1) throw requestFenced();
      if (Date.now() - askedAtMs <= FRESH_MS) return;
    }
  }
}

/** Not a code that anybody takes for "send it again". */
export function requestFenced(): AppError {
  return new AppError(
    'RUN_ENDED',
    'The statement was cancelled or given up before it was sent, so it was not sent. Run it anew if it is still wanted.',
  );
}
