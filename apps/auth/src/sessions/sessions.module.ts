import { Module } from '@nestjs/common';
import { JwtModule, JwtService } from '@nestjs/jwt';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';
import { ENV } from '../core.module';
import type { AuthEnv } from '../env';
import { AccessTokens } from '../tokens/access-tokens';
import { RefreshTokens } from '../tokens/refresh-tokens';
import { readSigningKey } from '../tokens/signing-key';
import { IssueTokens } from './issue-tokens';
import { SessionLife } from './session-life';
import { SessionsController } from './sessions.controller';
import { SessionsService } from './sessions.service';
import { SignInController } from './sign-in.controller';
import { SignInService } from './sign-in.service';

/** Signing in, and sessions from then on. */
@Module({
  imports: [JwtModule.register({})],
  controllers: [SignInController, SessionsController],
  providers: [
    { provide: RefreshTokens, inject: [REDIS], useFactory: (redis: Redis) => new RefreshTokens(redis) },
    {
      provide: SessionLife,
      inject: [ENV],
      useFactory: (env: AuthEnv) => new SessionLife(env.SESSION_IDLE_SECONDS, env.SESSION_MAX_SECONDS),
    },
    {
      provide: AccessTokens,
      inject: [JwtService, ENV],
      useFactory: (jwt: JwtService, env: AuthEnv) => new AccessTokens(jwt, readSigningKey(env.JWT_PRIVATE_KEY)),
    },
    IssueTokens,
    SignInService,
    SessionsService,
  ],
})
export class SessionsModule {}
