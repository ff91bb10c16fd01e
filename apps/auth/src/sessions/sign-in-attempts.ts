import { Inject, Injectable } from '@nestjs/common';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';

/** Longer than any sign-in is waited for. */
const REMEMBERED_SECONDS = 120;
const abandonedKey = (attemptId: string) => `snowflow:abandoned:${attemptId}`;
const sessionKey = (attemptId: string) => `snowflow:attempt:${attemptId}`;

/**
 * Sign-ins whose person may leave before they are done. Each side first writes and then looks, so however they meet one of them sees the
 * other: a session nobody waits for does not stay.
 */
@Injectable()
export class SignInAttempts {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  /** Answers the session that the attempt led to meanwhile. */
  async abandon(attemptId: string): Promise<string | undefined> {
    await this.redis.set(abandonedKey(attemptId), '1', 'EX', REMEMBERED_SECONDS);
    return (await this.redis.get(sessionKey(attemptId))) ?? undefined;
  }

  async isAbandoned(attemptId: string): Promise<boolean> {
    return (await this.redis.exists(abandonedKey(attemptId))) === 1;
  }

  /** Answers whether somebody still waits for the session. */
  async succeed(attemptId: string, sessionId: string): Promise<boolean> {
    await this.redis.set(sessionKey(attemptId), sessionId, 'EX', REMEMBERED_SECONDS);
    return !(await this.isAbandoned(attemptId));
  }
}
