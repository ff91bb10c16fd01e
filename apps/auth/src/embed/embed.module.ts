import { Module } from '@nestjs/common';
import { JwtModule, JwtService } from '@nestjs/jwt';
import { ENV } from '../core-tokens';
import type { AuthEnv } from '../env';
import { EmbedTokens } from '../tokens/embed-tokens';
import { readSigningKey } from '../tokens/signing-key';
import { EmbedController } from './embed.controller';
import { EmbedService } from './embed.service';
import { EmbedSettingsRepository } from './embed-settings.repository';

/** Showing workflows in other pages. */
@Module({
  imports: [JwtModule.register({})],
  controllers: [EmbedController],
  providers: [
    {
      provide: EmbedTokens,
      inject: [JwtService, ENV],
      useFactory: (jwt: JwtService, env: AuthEnv) => new EmbedTokens(jwt, readSigningKey(env.JWT_PRIVATE_KEY)),
    },
    EmbedSettingsRepository,
    EmbedService,
  ],
})
export class EmbedModule {}
