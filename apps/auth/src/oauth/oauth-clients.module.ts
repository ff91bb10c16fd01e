import { Module } from '@nestjs/common';
import { OauthClients } from './oauth-clients';
import { OauthClientsController } from './oauth-clients.controller';
import { OauthClientsRepository } from './oauth-clients.repository';
import { OauthStates } from './oauth-states';

/** The OAuth clients of tenants, and who is on the way through their providers. */
@Module({
  controllers: [OauthClientsController],
  providers: [OauthClientsRepository, OauthClients, OauthStates],
  exports: [OauthClientsRepository, OauthClients, OauthStates],
})
export class OauthClientsModule {}
