import { Controller, Get, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { AppError } from '@snowflow/contracts/errors/app-error';
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
      await Promise.race([this.redis.ping(), late]);
      return { status: 'ok' };
    } catch {
      throw new AppError('UNAVAILABLE', 'Redis does not answer.', { retryAfterSeconds: 2 });
    } finally {
      clearTimeout(timer);
    }
  }
}
