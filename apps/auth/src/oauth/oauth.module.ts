import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module';
import { OauthAdminController } from './oauth-admin.controller';
import { OauthAdminService } from './oauth-admin.service';
import { OauthClientsModule } from './oauth-clients.module';
import { OauthStates } from './oauth-states';
import { OauthController } from './oauth.controller';
import { OauthService } from './oauth.service';

/** Signing in through redirects, and setting it up. */
@Module({
  imports: [OauthClientsModule, SessionsModule],
  controllers: [OauthController, OauthAdminController],
  providers: [OauthStates, OauthService, OauthAdminService],
})
export class OauthModule {}
