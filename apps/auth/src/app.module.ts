import { DynamicModule, Module } from '@nestjs/common';
import { JwtModule, JwtService } from '@nestjs/jwt';
import { connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { PostgresModule } from '@snowflow/platform/postgres/postgres.module';
import { REDIS, RedisModule } from '@snowflow/platform/redis/redis.module';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { TransportModule } from '@snowflow/transport/transport.module';
import type { Redis } from 'ioredis';
import type { AuthEnv } from './env';
import { PeopleRepository } from './people/people.repository';
import { IssueTokens } from './sessions/issue-tokens';
import { SessionLife } from './sessions/session-life';
import { SessionsController } from './sessions/sessions.controller';
import { SessionsService } from './sessions/sessions.service';
import { SignInService } from './sessions/sign-in.service';
import { AccessTokens } from './tokens/access-tokens';
import { RefreshTokens } from './tokens/refresh-tokens';
import { readSigningKey } from './tokens/signing-key';

const POOL_SIZE = 5;

@Module({})
export class AppModule {
  static forRoot(env: AuthEnv, sealer: Sealer): DynamicModule {
    return {
      module: AppModule,
      imports: [
        RedisModule.forRoot(env.REDIS_URL),
        PostgresModule.forRoot({ url: env.DATABASE_URL, applicationName: 'snowflow-auth', poolSize: POOL_SIZE }),
        TransportModule.forRoot({ redisUrl: env.REDIS_URL, sealer, clients: [connectionsContract] }),
        JwtModule.register({}),
      ],
      controllers: [SessionsController],
      providers: [
        { provide: SessionStore, inject: [REDIS], useFactory: (redis: Redis) => new SessionStore(redis) },
        { provide: RefreshTokens, inject: [REDIS], useFactory: (redis: Redis) => new RefreshTokens(redis) },
        { provide: SessionLife, useFactory: () => new SessionLife(env.SESSION_IDLE_SECONDS, env.SESSION_MAX_SECONDS) },
        {
          provide: AccessTokens,
          inject: [JwtService],
          useFactory: (jwt: JwtService) => new AccessTokens(jwt, readSigningKey(env.JWT_PRIVATE_KEY)),
        },
        PeopleRepository,
        IssueTokens,
        SignInService,
        SessionsService,
      ],
    };
  }
}
