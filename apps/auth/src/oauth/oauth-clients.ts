import { Injectable } from '@nestjs/common';
import type { OauthClientDto } from '@snowflow/contracts/connections/connections.dto';
import type { OauthProvider, SignInMethod } from '@snowflow/contracts/sessions/session-record';
import { type Change, ChangeLog, type ChangingPerson } from '../audit/change-log';
import { TenantSecrets } from '../secrets/tenant-secrets';
import { OauthClientsRepository, StoredOauthClient } from './oauth-clients.repository';

/** The method that signs in through each provider. */
export const OAUTH_METHODS = { snowflake: 'oauth', external: 'external-oauth' } as const;

const purposeOf = (provider: OauthProvider) => `oauth-client:${provider}`;

/** What an entry says of a client that is saved: never its secret, but whether it has one. */
export function clientSaved(client: StoredOauthClient, before?: StoredOauthClient): Change {
  const said = ({ clientId, issuer, sealedSecret }: StoredOauthClient) => ({
    clientId,
    issuer,
    hasSecret: sealedSecret !== null,
  });
  return {
    action: 'oauth-client.saved',
    object: { kind: 'oauth-client', id: client.provider, name: client.clientId },
    before: before && said(before),
    after: { ...said(client), ...(before ? { newSecret: before.sealedSecret !== client.sealedSecret } : {}) },
  };
}

/** Clients with their secrets, which are opened only to be used. */
@Injectable()
export class OauthClients {
  constructor(
    private readonly clients: OauthClientsRepository,
    private readonly secrets: TenantSecrets,
    private readonly changes: ChangeLog,
  ) {}

  /** The tenant's client of the provider; without one named Snowflake's own comes first. */
  async find(tenantId: string, provider?: OauthProvider): Promise<OauthClientDto | undefined> {
    const clients = await this.clients.list(tenantId);
    const client = clients.find((each) => provider === undefined || each.provider === provider);
    return client && this.open(tenantId, client);
  }

  /** Which of the methods a person can sign in by: those of OAuth need a client. */
  async usable(tenantId: string | undefined, methods: readonly SignInMethod[]): Promise<SignInMethod[]> {
    const clients = tenantId === undefined ? [] : await this.clients.list(tenantId);
    const ready: SignInMethod[] = clients.map(({ provider }) => OAUTH_METHODS[provider]);
    return methods.filter((method) => (method !== 'oauth' && method !== 'external-oauth') || ready.includes(method));
  }

  /** Keeps a tenant's first client of Snowflake; answers false where there is one. */
  async keepFirst(person: ChangingPerson, { clientId, clientSecret = '' }: OauthClientDto): Promise<boolean> {
    const { tenantId } = person;
    const sealedSecret = await this.seal(tenantId, 'snowflake', clientSecret);
    const client = { provider: 'snowflake' as const, clientId, issuer: null, sealedSecret, provenAt: null };
    return this.clients.insert(tenantId, client, this.changes.note(person, clientSaved(client)));
  }

  seal(tenantId: string, provider: OauthProvider, secret: string): Promise<string> {
    return this.secrets.seal(tenantId, purposeOf(provider), secret);
  }

  private async open(
    tenantId: string,
    { provider, clientId, issuer, sealedSecret }: StoredOauthClient,
  ): Promise<OauthClientDto> {
    return {
      provider,
      clientId,
      ...(issuer === null ? {} : { issuer }),
      ...(sealedSecret === null
        ? {}
        : { clientSecret: await this.secrets.open(tenantId, purposeOf(provider), sealedSecret) }),
    };
  }
}
