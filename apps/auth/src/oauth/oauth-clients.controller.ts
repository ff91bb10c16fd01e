import { Controller } from '@nestjs/common';
import { authContract, AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import { OauthProviderId } from '@snowflow/contracts/auth/tenant.dto';
import type { OauthClientDto } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { Handle } from '@snowflow/transport/handle.decorator';
import { currentContext } from '@snowflow/transport/request-scope';
import { OauthClients } from './oauth-clients';

/** For connection-manager alone, which renews sessions: no record of a session has the client's secret. */
@Controller()
export class OauthClientsController implements Pick<AuthHandlers, 'oauthClient'> {
  constructor(private readonly clients: OauthClients) {}

  @Handle(authContract.operations.oauthClient)
  async oauthClient({ provider }: OauthProviderId): Promise<OauthClientDto> {
    const { tenantId } = currentContext();
    const client = tenantId === undefined ? undefined : await this.clients.find(tenantId, provider);
    if (client) return client;
    throw new AppError('OAUTH_NOT_SET_UP', 'The tenant has no OAuth client of this provider any more. Sign in again.');
  }
}
