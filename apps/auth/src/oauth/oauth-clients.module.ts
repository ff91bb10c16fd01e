import { Module } from '@nestjs/common';
import { OauthClients } from './oauth-clients';
import { OauthClientsRepository } from './oauth-clients.repository';

/** The OAuth clients of tenants. */
@Module({
  providers: [OauthClientsRepository, OauthClients],
  exports: [OauthClientsRepository, OauthClients],
})
export class OauthClientsModule {}
