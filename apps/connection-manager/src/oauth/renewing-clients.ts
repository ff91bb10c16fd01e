import { Injectable } from '@nestjs/common';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import type { OauthClientDto } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { newId } from '@snowflow/contracts/documents/new-id';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { currentScope, runInScope } from '@snowflow/transport/request-scope';
import type { ClientName } from '../sign-in/sign-in-strategy';

/** The clients that sessions are renewed with, as they stand in the settings by now: a secret that was rotated is the new one. */
@Injectable()
export class RenewingClients {
  constructor(@InjectClient(authContract) private readonly auth: AuthClient) {}

  /** A refresh token is sent for no other client, and to no other issuer, than it was given to. Throws OAUTH_NOT_SET_UP. */
  async find(tenantId: string, { provider, issuer, clientId }: ClientName): Promise<OauthClientDto> {
    // Also where nobody asked, as for the heartbeat.
    const correlationId = currentScope()?.context.correlationId ?? newId('cor');
    const context = { correlationId, tenantId };
    const client = await runInScope({ context }, () => this.auth.oauthClient({ provider }));
    if (client.clientId === clientId && client.issuer === issuer) return client;
    throw new AppError('OAUTH_NOT_SET_UP', 'The tenant has another OAuth client now than this session began with.');
  }
}
