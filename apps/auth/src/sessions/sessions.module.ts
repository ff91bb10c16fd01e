import { Module } from '@nestjs/common';
import { JwtModule, JwtService } from '@nestjs/jwt';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';
import { ENV, SEALER } from '../core-tokens';
import type { AuthEnv } from '../env';
import { AccessTokens } from '../tokens/access-tokens';
import { RefreshTokens } from '../tokens/refresh-tokens';
import { readSigningKey } from '../tokens/signing-key';
import { OauthClientsModule } from '../oauth/oauth-clients.module';
import { BeginningService } from './beginning.service';
import { EndingService } from './ending.service';
import { IssueTokens } from './issue-tokens';
import { LiveChecks } from './live-checks';
import { PersonsSessions } from './persons-sessions';
import { RefreshService } from './refresh.service';
import { SessionsController } from './sessions.controller';
import { SessionsService } from './sessions.service';
import { SignInAttempts } from './sign-in-attempts';
import { SignInController } from './sign-in.controller';
import { SignInService } from './sign-in.service';
import { TenantSessionsController } from './tenant-sessions.controller';
import { TenantSessionsService } from './tenant-sessions.service';

/** Signing in, and sessions from then on. */
@Module({
  imports: [JwtModule.register({}), OauthClientsModule],
  controllers: [SignInController, SessionsController, TenantSessionsController],
  providers: [
    {
      provide: RefreshTokens,
      inject: [REDIS, SEALER],
      useFactory: (redis: Redis, sealer: Sealer) => new RefreshTokens(redis, sealer),
    },
    {
      provide: AccessTokens,
      inject: [JwtService, ENV],
      useFactory: (jwt: JwtService, env: AuthEnv) => new AccessTokens(jwt, readSigningKey(env.JWT_PRIVATE_KEY)),
    },
    IssueTokens,
    LiveChecks,
    SignInAttempts,
    EndingService,
    PersonsSessions,
    BeginningService,
    SignInService,
    RefreshService,
    SessionsService,
    TenantSessionsService,
  ],
  exports: [BeginningService, EndingService, PersonsSessions],
})
export class SessionsModule {}
