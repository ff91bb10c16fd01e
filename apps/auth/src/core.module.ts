import { DynamicModule, Global, Module } from '@nestjs/common';
import { connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { PostgresModule } from '@snowflow/platform/postgres/postgres.module';
import { REDIS, RedisModule } from '@snowflow/platform/redis/redis.module';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { TenantLimitsStore } from '@snowflow/platform/sessions/tenant-limits-store';
import { TransportModule } from '@snowflow/transport/transport.module';
import type { Redis } from 'ioredis';
import type { AuthEnv } from './env';
import { ENV, SEALER } from './core-tokens';
import { ChangeLog } from './audit/change-log';
import { Caller } from './members/caller';
import { PeopleRepository } from './people/people.repository';
import { AUTH_POOL_SIZE } from './storage/pool-size';
import { TenantRules } from './tenants/tenant-rules';
import { TenantsRepository } from './tenants/tenants.repository';

/** What every feature stands on: Redis, the database, the sessions, the people, and the clients of other services. */
@Global()
@Module({})
export class CoreModule {
  static forRoot(env: AuthEnv, sealer: Sealer): DynamicModule {
    return {
      module: CoreModule,
      imports: [
        RedisModule.forRoot(env.REDIS_URL),
        PostgresModule.forRoot({ url: env.DATABASE_URL, applicationName: 'snowflow-auth', poolSize: AUTH_POOL_SIZE }),
        TransportModule.forRoot({ redisUrl: env.REDIS_URL, sealer, clients: [connectionsContract, workflowContract] }),
      ],
      providers: [
        { provide: ENV, useValue: env },
        { provide: SEALER, useValue: sealer },
        { provide: SessionStore, inject: [REDIS], useFactory: (redis: Redis) => new SessionStore(redis) },
        { provide: TenantLimitsStore, inject: [REDIS], useFactory: (redis: Redis) => new TenantLimitsStore(redis) },
        PeopleRepository,
        TenantsRepository,
        TenantRules,
        Caller,
        ChangeLog,
      ],
      exports: [
        ENV,
        SEALER,
        SessionStore,
        TenantLimitsStore,
        PeopleRepository,
        TenantsRepository,
        TenantRules,
        Caller,
        ChangeLog,
      ],
    };
  }
}
