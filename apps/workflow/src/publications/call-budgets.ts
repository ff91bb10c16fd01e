import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { CallLimits } from '@snowflow/contracts/published/call-limits.dto';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';
import { CallUsageRepository } from './call-usage.repository';
import type { PublicationRow } from './publications.repository';

const MINUTE_S = 60;
const DAY_S = 86_400;

/**
 * What a day's calls may come to: statements, bytes and tokens as the runs have written them, so that a run under way counts with what it
 * sent so far and one call may pass the limit, the next may not. A run that waits or has only begun counts as much as those of the day did
 * on average, and as one statement at least, so that a limit is not passed by calling often before the first run has begun. The calls of a publication are counted here; those of a key at the gateway.
 */
@Injectable()
export class CallBudgets {
  constructor(
    private readonly usage: CallUsageRepository,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /** Throws KEY_LIMIT_REACHED or THROTTLED where this call would be one too many. */
  async admit(row: PublicationRow, key: { id: string; limits: CallLimits }): Promise<void> {
    const { tenant_id: tenantId, id, limits } = row;
    await this.count(`${id}:m`, limits.callsPerMinute, MINUTE_S);
    await this.count(`${id}:d`, limits.callsPerDay, DAY_S);
    await this.admitUsage(key.limits, 'The API key', () => this.usage.today(tenantId, 'key_id', key.id));
    await this.admitUsage(limits, 'The published workflow', () => this.usage.today(tenantId, 'publication_id', id));
  }

  private async count(name: string, limit: number | null | undefined, seconds: number): Promise<void> {
    if (limit === null || limit === undefined) return;
    const window = Math.floor(Date.now() / 1000 / seconds);
    const key = `snowflow:publication-calls:${name}:${window}`;
    const [[, count]] = (await this.redis.multi().incr(key).expire(key, seconds).exec()) as [[unknown, number]];
    if (count <= limit) return;
    throw new AppError('THROTTLED', 'The published workflow was called as often as it may be for now. Wait a little.', {
      retryAfterSeconds: secondsLeft(seconds),
    });
  }

  private async admitUsage(
    { statementsPerDay, bytesPerDay, tokensPerDay }: CallLimits,
    whose: string,
    used: () => ReturnType<CallUsageRepository['today']>,
  ): Promise<void> {
    if ((statementsPerDay ?? bytesPerDay ?? tokensPerDay ?? null) === null) return;
    const { statements, bytes, tokens, ended, silent } = await used();
    const expected = (sum: number, least = 0) => sum + silent * Math.max(least, sum / Math.max(1, ended));
    const spent = [
      expected(statements, 1) >= (statementsPerDay ?? Infinity) && 'statements',
      expected(bytes) >= (bytesPerDay ?? Infinity) && 'bytes',
      expected(tokens) >= (tokensPerDay ?? Infinity) && 'tokens',
    ].find((one) => one !== false);
    if (spent === undefined) return;
    throw new AppError(
      'KEY_LIMIT_REACHED',
      `${whose} has used up its ${spent} of today. They begin anew at midnight UTC.`,
      {
        retryAfterSeconds: secondsLeft(DAY_S),
      },
    );
  }
}

const secondsLeft = (seconds: number) => Math.max(1, seconds - Math.floor((Date.now() / 1000) % seconds));
