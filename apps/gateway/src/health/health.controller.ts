import { Controller, Get, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { NotReady } from '@snowflow/platform/health/health-options';
import { requireRedis } from '@snowflow/platform/health/store-checks';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';
import { Public } from '../security/public.decorator';

const PING_TIMEOUT_MS = 1000;

/** For load balancers in front of the public port; orchestrators ask the health port. */
@Public()
@SkipThrottle()
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  async ready(): Promise<{ status: 'ok' }> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('Redis does not answer')), PING_TIMEOUT_MS);
    });
    try {
      await Promise.race([requireRedis(this.redis), late]);
      return { status: 'ok' };
    } catch (error) {
      const reason = error instanceof NotReady ? error.message : 'does not answer';
      throw new AppError('UNAVAILABLE', `Redis ${reason}.`, { retryAfterSeconds: 2 });
    } finally {
      clearTimeout(timer);
    }
  }
}
