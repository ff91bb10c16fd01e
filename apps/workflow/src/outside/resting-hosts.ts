import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';
import { OUTSIDE_OPTIONS, type OutsideOptions } from './outside-options';

/** Failures further apart than this are not in a row. */
const IN_A_ROW_MS = 600_000;

const keyOf = (tenantId: string, host: string) => `snowflow:outside:{${tenantId}:${host}}`;

/** Hosts that failed again and again, by tenant: nobody calls them for a while, on any worker. One failure more begins a new rest. */
@Injectable()
export class RestingHosts {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(OUTSIDE_OPTIONS) private readonly options: OutsideOptions,
  ) {}

  /** Throws OUTSIDE_FAILED while the host rests. */
  async check(tenantId: string, host: string): Promise<void> {
    const until = await this.redis.get(`${keyOf(tenantId, host)}:rests`);
    if (until === null) return;
    const message = `${host} failed ${this.options.restsAfter} times in a row and is left alone until ${until}. Run it again then.`;
    throw new AppError('OUTSIDE_FAILED', message);
  }

  async failed(tenantId: string, host: string): Promise<void> {
    const key = keyOf(tenantId, host);
    const failures = await this.redis.incr(`${key}:failed`);
    await this.redis.pexpire(`${key}:failed`, IN_A_ROW_MS + this.options.restMs);
    if (failures < this.options.restsAfter) return;
    const until = new Date(Date.now() + this.options.restMs).toISOString();
    await this.redis.set(`${key}:rests`, until, 'PX', this.options.restMs);
  }

  async answered(tenantId: string, host: string): Promise<void> {
    await this.redis.del(`${keyOf(tenantId, host)}:failed`);
  }
}
