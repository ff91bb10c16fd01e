import { Module } from '@nestjs/common';
import { CredentialsModule } from '../credentials/credentials.module';
import { SessionsModule } from '../sessions/sessions.module';
import { OauthAdminController } from './oauth-admin.controller';
import { OauthAdminService } from './oauth-admin.service';
import { OauthClientsModule } from './oauth-clients.module';
import { OauthController } from './oauth.controller';
import { OauthService } from './oauth.service';

/** Signing in through redirects, and setting it up. */
@Module({
  imports: [OauthClientsModule, CredentialsModule, SessionsModule],
  controllers: [OauthController, OauthAdminController],
  providers: [OauthService, OauthAdminService],
})
export class OauthModule {}
