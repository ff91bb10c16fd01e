import { Injectable } from '@nestjs/common';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import type { OauthClientDto, OauthTokens } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { currentContext, runInScope } from '@snowflow/transport/request-scope';
import { OauthClients } from '../oauth/oauth-clients';
import { SecretStore } from '../vaults/secret-store';
import { CredentialSuspension, suspended, unusable } from './credential-suspension';
import { CredentialsRepository } from './credentials.repository';
import type { CredentialRow } from './credentials.tables';
import { GrantLock } from './grant-lock';
import { readGrant, StoredGrant, writeGrant } from './stored-grant';

const REFUSED = 'The provider no longer accepts its refresh token: it has expired, or was revoked.';
const LOST =
  'An earlier refresh was cut off before the new refresh token was kept, and the provider does not accept the former one.';
const NOT_KEPT = 'The provider replaced its refresh token, and the store of secrets could not keep the new one.';

/** Access tokens of stored OAuth grants. The newest refresh token is kept before anybody gets to use what came with it. */
@Injectable()
export class GrantRefresh {
  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    private readonly credentials: CredentialsRepository,
    private readonly store: SecretStore,
    private readonly clients: OauthClients,
    private readonly suspension: CredentialSuspension,
    private readonly lock: GrantLock,
  ) {}

  /** Throws CREDENTIAL_UNUSABLE where it is over, or what passes by itself. */
  accessTokenOf({ tenant_id: tenantId, id }: CredentialRow): Promise<string> {
    return this.lock.hold(id, async () => {
      // As it stands by now: who held the lock before may have found that it is over.
      const row = await this.credentials.find(tenantId, id);
      if (!row) throw unusable('The stored credential was removed. Choose another one for this workflow.');
      if (row.state === 'suspended') throw suspended(row, row.reason);
      const grant = await this.grantOf(row);
      const client = await this.clientOf(row, grant);
      await this.credentials.noteRefresh(row, 'begun');
      const { accessToken, refreshToken } = await this.refresh(row, client, grant);
      await this.keep(row, { ...grant, refreshToken }, refreshToken !== grant.refreshToken);
      await this.credentials.noteRefresh(row, 'kept');
      return accessToken;
    });
  }

  private async grantOf(row: CredentialRow): Promise<StoredGrant> {
    const text = await this.store.get({ tenantId: row.tenant_id, name: row.secret_name });
    const grant = text === undefined ? undefined : readGrant(text);
    if (grant) return grant;
    throw await this.suspension.suspend(row, 'Its secret is not in the store of secrets.');
  }

  /** A refresh token is never sent for another client, or to another issuer, than it was given to. */
  private async clientOf(row: CredentialRow, { clientId, issuer }: StoredGrant): Promise<OauthClientDto> {
    const client = await this.clients.find(row.tenant_id, row.provider ?? undefined);
    if (client?.clientId === clientId && (client.issuer ?? null) === issuer) return client;
    const what = client ? 'has another OAuth client now' : 'no longer has the OAuth client';
    throw unusable(
      `Your tenant ${what} than the stored credential "${row.name}" was made with. An owner or admin sets that client up again in the settings, or the credential's owner replaces its secret.`,
    );
  }

  /** Without the deadline of who asks: an answer that nobody waits for any more would be a token that nobody keeps. */
  private async refresh(
    row: CredentialRow,
    client: OauthClientDto,
    { refreshToken }: StoredGrant,
  ): Promise<Required<OauthTokens>> {
    const { correlationId, tenantId } = currentContext();
    const ask = () => this.connections.refreshGrant({ account: row.account, client, refreshToken });
    try {
      return await runInScope({ context: { correlationId, tenantId } }, ask);
    } catch (error) {
      throw await this.whyNot(row, error);
    }
  }

  private async whyNot(row: CredentialRow, error: unknown): Promise<unknown> {
    if (!(error instanceof AppError) || error.code !== 'OAUTH_FAILED') return error;
    // The grant itself may be good: whoever looks after the client can put that right.
    if (error.details.extensions?.reason === 'OAUTH_CLIENT_WRONG') {
      await this.credentials.noteRefresh(row, 'kept');
      return unusable(`The stored credential "${row.name}" can't be refreshed. ${error.message}`);
    }
    return this.suspension.suspend(row, row.refresh_begun_at === null ? REFUSED : LOST);
  }

  /** Once more where the store fails, for the former token is gone by now. */
  private async keep(row: CredentialRow, grant: StoredGrant, isNew: boolean): Promise<void> {
    if (!isNew) return;
    const { tenant_id: tenantId, id, secret_name: name } = row;
    const put = () => this.store.put({ tenantId, name }, writeGrant(grant));
    try {
      await put().catch(put);
    } catch {
      throw await this.suspension.suspend(row, NOT_KEPT);
    }
    // Who removed or replaced it meanwhile had no lock: nothing of the former grant may stay.
    if ((await this.credentials.find(tenantId, id))?.secret_name !== name) await this.store.delete({ tenantId, name });
  }
}
