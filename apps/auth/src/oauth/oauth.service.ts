import { Injectable } from '@nestjs/common';
import type {
  OauthFinished,
  OauthFinishRequest,
  OauthStarted,
  OauthStartRequest,
} from '@snowflow/contracts/auth/oauth.dto';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import type { AccountPlace, OauthClientDto } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { OauthCredentialsService } from '../credentials/oauth-credentials.service';
import type { ArrivingPerson } from '../people/people.repository';
import { BeginningService } from '../sessions/beginning.service';
import { methodRefused } from '../sessions/method-refused';
import { TenantRules } from '../tenants/tenant-rules';
import { TenantsRepository } from '../tenants/tenants.repository';
import { OAUTH_METHODS, OauthClients } from './oauth-clients';
import { OauthClientsRepository } from './oauth-clients.repository';
import { OauthStates, PendingOauth } from './oauth-states';
import { providerRefusal } from './provider-refusal';

/** A path of this site: browsers take `//` and `/\` for another one's. */
const LOCAL_PATH = /^\/(?![/\\])[^\\\s]*$/;

/** Signing in through redirects; what comes back of a grant that is to be stored is handed on. */
@Injectable()
export class OauthService {
  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    private readonly tenants: TenantsRepository,
    private readonly rules: TenantRules,
    private readonly clients: OauthClients,
    private readonly clientsRepository: OauthClientsRepository,
    private readonly states: OauthStates,
    private readonly beginning: BeginningService,
    private readonly credentials: OauthCredentialsService,
  ) {}

  async start(request: OauthStartRequest): Promise<OauthStarted> {
    const place = await this.connections.locate({ account: request.account });
    const tenantId = await this.tenants.findByAlias(place.account);
    const setup = await this.setupClient(request, place, tenantId);
    const client = setup ?? (await this.clientOf(place, tenantId, request));
    const { methods } = await this.rules.of(tenantId, place.isDemo);
    const method = OAUTH_METHODS[client.provider];
    if (!methods.includes(method)) throw methodRefused(method, place);

    const { role, redirectUri } = request;
    const next = request.next !== undefined && LOCAL_PATH.test(request.next) ? request.next : '/';
    const { provider } = client;
    const pending = { account: place.account, provider, role, next, redirectUri, tenantId, setup };
    const { state, binding, codeChallenge } = await this.states.issue(pending);
    const { clientSecret: _secret, ...shown } = client;
    const { url } = await this.connections.authorizeUrl({
      account: place.account,
      client: shown,
      redirectUri,
      state,
      codeChallenge,
      role,
    });
    return { authorizeUrl: url, binding };
  }

  async finish(request: OauthFinishRequest): Promise<OauthFinished> {
    const pending = await this.states.take(request.state, request.binding);
    if (pending.grant) return this.credentials.finish(pending, pending.grant, request);
    try {
      const tokens = await this.signIn(pending, request);
      return { tokens, next: pending.next };
    } catch (error) {
      throw error instanceof AppError ? naming(error, pending.account) : error;
    }
  }

  private async signIn(pending: PendingOauth, { code, iss, error, client: userAgent }: OauthFinishRequest) {
    if (error !== undefined || code === undefined) throw providerRefusal(error ?? '');
    const place = await this.connections.locate({ account: pending.account });
    const client = pending.setup ?? (await this.clientOf(place, pending.tenantId, pending));
    const { codeVerifier, redirectUri, role } = pending;
    const authenticator = OAUTH_METHODS[client.provider];
    const tokens = await this.beginning.begin({
      place,
      credentials: { authenticator, role, oauth: { client, code, codeVerifier, redirectUri, iss } },
      client: userAgent,
      // Snowflake's own OAuth grants one role; an outside provider may grant all, unless one was asked for.
      isBoundToRole: client.provider === 'snowflake' || role !== undefined,
      admit: (person) => (pending.setup ? this.admitSetup(person, client, place) : admitOwn(person, pending, place)),
    });
    await this.clientsRepository.markProven(tokens.session.tenantId, client.provider, client.clientId);
    return tokens;
  }

  /** The client's secret can be read in Snowflake by its account administrators only: who knows it owns the tenant. */
  private async admitSetup(person: ArrivingPerson, client: OauthClientDto, place: AccountPlace): Promise<'owner'> {
    if (!(await this.clients.keepFirst(person, client))) throw alreadySetUp(place);
    return 'owner';
  }

  private async setupClient(
    { setupClientId, setupClientSecret }: OauthStartRequest,
    place: AccountPlace,
    tenantId: string | undefined,
  ): Promise<OauthClientDto | undefined> {
    if (setupClientId === undefined || setupClientSecret === undefined) return undefined;
    if (tenantId !== undefined && (await this.clients.find(tenantId, 'snowflake'))) throw alreadySetUp(place);
    return { provider: 'snowflake', clientId: setupClientId, clientSecret: setupClientSecret };
  }

  private async clientOf(
    { account }: AccountPlace,
    tenantId: string | undefined,
    { provider }: { provider?: PendingOauth['provider'] },
  ): Promise<OauthClientDto> {
    const client = tenantId === undefined ? undefined : await this.clients.find(tenantId, provider);
    if (client) return client;
    throw new AppError(
      'OAUTH_NOT_SET_UP',
      `OAuth is not set up for ${account}. An account administrator enters the client of a security integration once.`,
    );
  }
}

/** A connection's name may have moved to another account meanwhile; a client speaks for the account it belongs to. */
function admitOwn(person: ArrivingPerson, { tenantId }: PendingOauth, { account }: AccountPlace): Promise<undefined> {
  if (person.tenantId === tenantId) return Promise.resolve(undefined);
  throw new AppError(
    'OAUTH_FAILED',
    `${account} now leads to another Snowflake account than the one this OAuth client belongs to. Start the sign-in again.`,
    { extensions: { reason: 'OAUTH_CLIENT_WRONG' } },
  );
}

function alreadySetUp({ account }: AccountPlace): AppError {
  return new AppError(
    'METHOD_REFUSED',
    `${account} has an OAuth client already. Sign in with it; an owner or admin changes it in the settings.`,
  );
}

/** The page that starts anew needs to know for which account. */
function naming({ code, message, details }: AppError, account: string): AppError {
  return new AppError(code, message, { ...details, extensions: { ...details.extensions, account } });
}
