import { Inject, Injectable } from '@nestjs/common';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';

const LIFE_SECONDS = 900;
const keyOf = (tenantId: string, userId: string) => `snowflow:ownership:${tenantId}|${userId}`;

/** The roles by which people are to prove that they manage an account's grants; for a quarter of an hour, the newest counts. */
@Injectable()
export class OwnershipChallenges {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  async issue(tenantId: string, userId: string): Promise<{ role: string; expiresAt: string }> {
    const role = `SNOWFLOW_PROOF_${randomBytes(16).toString('hex').toUpperCase()}`;
    await this.redis.set(keyOf(tenantId, userId), role, 'EX', LIFE_SECONDS);
    return { role, expiresAt: new Date(Date.now() + LIFE_SECONDS * 1000).toISOString() };
  }

  async find(tenantId: string, userId: string): Promise<string | undefined> {
    return (await this.redis.get(keyOf(tenantId, userId))) ?? undefined;
  }

  async forget(tenantId: string, userId: string): Promise<void> {
    await this.redis.del(keyOf(tenantId, userId));
  }
}
