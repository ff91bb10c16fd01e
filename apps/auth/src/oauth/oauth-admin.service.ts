import { Inject, Injectable } from '@nestjs/common';
import type { ExternalOauthSetupQuery, ExternalOauthSetupSql, OauthSetupSql } from '@snowflow/contracts/auth/oauth.dto';
import type { OauthClientView, SaveOauthClientRequest } from '@snowflow/contracts/auth/tenant.dto';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { OauthProvider } from '@snowflow/contracts/sessions/session-record';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { ENV } from '../core-tokens';
import type { AuthEnv } from '../env';
import { ChangeLog } from '../audit/change-log';
import { Caller } from '../members/caller';
import { TenantRules } from '../tenants/tenant-rules';
import { assertIssuer } from './assert-issuer';
import { externalIntegrationSql } from './external-integration.sql';
import { clientSaved, OAUTH_METHODS, OauthClients } from './oauth-clients';
import { OauthClientsRepository, StoredOauthClient } from './oauth-clients.repository';
import { redirectUriOf } from './redirect-uri';
import { snowflakeIntegrationSql } from './snowflake-integration.sql';

const MANAGE = 'manage its OAuth clients';

/** How owners and admins let their people sign in by OAuth. */
@Injectable()
export class OauthAdminService {
  constructor(
    private readonly caller: Caller,
    private readonly rules: TenantRules,
    private readonly clients: OauthClients,
    private readonly repository: OauthClientsRepository,
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    @Inject(ENV) private readonly env: AuthEnv,
    private readonly changes: ChangeLog,
  ) {}

  async list(): Promise<OauthClientView[]> {
    const { tenantId } = await this.caller.admin(MANAGE);
    return (await this.repository.list(tenantId)).map(view);
  }

  /** Holds nothing of a tenant: also who is not signed in may read it, to set OAuth up for the first time. */
  setupSql(): OauthSetupSql {
    return snowflakeIntegrationSql(this.env.PUBLIC_URL);
  }

  /** The provider is asked for its keys: a statement with a wrong address would be found out only at the first sign-in. */
  async externalSetupSql({ issuer, ...choices }: ExternalOauthSetupQuery): Promise<ExternalOauthSetupSql> {
    await this.caller.admin(MANAGE);
    assertIssuer(issuer, this.env.OAUTH_PRIVATE_ISSUERS);
    const keys = await this.connections.providerKeys({ issuer });
    return { redirectUri: redirectUriOf(this.env.PUBLIC_URL), ...keys, sql: externalIntegrationSql(keys, choices) };
  }

  /** A secret that is left out stays, but only for the client it was given for: it is never sent to another issuer. */
  async save({ provider, clientId, clientSecret, issuer }: SaveOauthClientRequest): Promise<OauthClientView> {
    const asking = await this.caller.admin(MANAGE);
    const { tenantId } = asking;
    if (provider === 'external') assertIssuer(issuer, this.env.OAUTH_PRIVATE_ISSUERS);
    const client = { provider, clientId, issuer: provider === 'external' ? (issuer ?? null) : null };
    const before = (await this.repository.list(tenantId)).find((each) => each.provider === provider);
    const isSame = before?.clientId === client.clientId && before.issuer === client.issuer;
    const sealedSecret = clientSecret
      ? await this.clients.seal(tenantId, provider, clientSecret)
      : keptSecret(provider, before, isSame);
    const isUnchanged = isSame && clientSecret === undefined;
    const saved = { ...client, sealedSecret, provenAt: isUnchanged ? (before?.provenAt ?? null) : null };
    await this.repository.save(tenantId, saved, this.changes.note(asking, clientSaved(saved, before)));
    return view(saved);
  }

  async remove(provider: OauthProvider): Promise<void> {
    const asking = await this.caller.admin(MANAGE);
    const { tenantId, authenticator } = asking;
    const method = OAUTH_METHODS[provider];
    if (authenticator === method) {
      throw new AppError(
        'VALIDATION',
        'You are signed in through this client. Sign in another way first, so that removing it does not lock you out.',
      );
    }
    const { methods } = await this.rules.of(tenantId, false);
    const left = (await this.clients.usable(tenantId, methods)).filter((each) => each !== method);
    if (left.length === 0) {
      throw new AppError('VALIDATION', 'Without this client nobody could sign in. Allow another way to sign in first.');
    }
    const object = { kind: 'oauth-client', id: provider, name: provider };
    const note = this.changes.note(asking, { action: 'oauth-client.removed', object });
    await this.repository.remove(tenantId, provider, note);
  }
}

function keptSecret(provider: OauthProvider, before: StoredOauthClient | undefined, isSame: boolean): string | null {
  if (isSame && before) return before.sealedSecret;
  // At an outside provider a client may be public, with PKCE in place of a secret.
  if (provider === 'external' && !before?.sealedSecret) return null;
  const message = before
    ? 'The stored secret belongs to another client id or issuer. Give the secret of this client.'
    : 'Give the client secret that SYSTEM$SHOW_OAUTH_CLIENT_SECRETS shows.';
  throw new AppError('VALIDATION', message, { errors: [{ path: 'clientSecret', message }] });
}

function view({ provider, clientId, issuer, sealedSecret, provenAt }: StoredOauthClient): OauthClientView {
  return { provider, clientId, issuer, hasSecret: sealedSecret !== null, provenAt: provenAt?.toISOString() ?? null };
}
