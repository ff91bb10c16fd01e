import { DynamicModule, Global, Inject, Module, OnApplicationShutdown } from '@nestjs/common';
import { redisTarget } from '@snowflow/contracts/redis/redis-target';
import { EVERY_CONNECTION } from '@snowflow/contracts/rpc/every-connection';
import { Redis, type RedisOptions } from 'ioredis';

/** Injection token of the process's shared ioredis connection. Blocking commands and subscriptions take a `duplicate()`. */
export const REDIS = Symbol('REDIS');

/** Commands wait until a Redis that is away is back: for work that nobody waits for, and that must not be lost. */
const PATIENT: RedisOptions = { maxRetriesPerRequest: null };

/** Commands fail a second after Redis is gone, and after five where it is silent: for who answers requests. Shorter gaps go unseen. */
export const PROMPT: RedisOptions = {
  maxRetriesPerRequest: 4,
  retryStrategy: () => 200,
  commandTimeout: 5_000,
  // A pipeline begins when the one before it has ended: behind a silent one each command would wait for its own five seconds, too.
  enableAutoPipelining: false,
};

@Global()
@Module({})
export class RedisModule implements OnApplicationShutdown {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  static forRoot(url: string, patience = PATIENT): DynamicModule {
    return {
      module: RedisModule,
      providers: [
        {
          provide: REDIS,
          useFactory: () => connectRedis(url, patience),
        },
      ],
      exports: [REDIS],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    // QUIT to a Redis that is away would wait for its return.
    if (this.redis.status !== 'ready') return this.redis.disconnect();
    await this.redis.quit().catch(() => this.redis.disconnect());
  }
}

function connectRedis(url: string, patience: RedisOptions): Redis {
  const redis = new Redis({ ...redisTarget(url), ...EVERY_CONNECTION, enableAutoPipelining: true, ...patience });
  // It connects again by itself; who asks meanwhile is told by the command.
  redis.on('error', () => undefined);
  return redis;
}
