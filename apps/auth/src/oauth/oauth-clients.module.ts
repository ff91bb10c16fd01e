import { Module } from '@nestjs/common';
import { OauthClients } from './oauth-clients';
import { OauthClientsRepository } from './oauth-clients.repository';
import { OauthStates } from './oauth-states';

/** The OAuth clients of tenants, and who is on the way through their providers. */
@Module({
  providers: [OauthClientsRepository, OauthClients, OauthStates],
  exports: [OauthClientsRepository, OauthClients, OauthStates],
})
export class OauthClientsModule {}
