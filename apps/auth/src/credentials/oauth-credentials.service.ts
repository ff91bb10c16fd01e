import { Injectable } from '@nestjs/common';
import type { OauthCredentialRequest } from '@snowflow/contracts/auth/credentials.dto';
import type { OauthFinished, OauthFinishRequest, OauthStarted } from '@snowflow/contracts/auth/oauth.dto';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import type { OauthClientDto, OpenedSession } from '@snowflow/contracts/connections/connections.dto';
import { newId } from '@snowflow/contracts/documents/new-id';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { LoginFailure } from '@snowflow/contracts/errors/login-failure';
import { LOGIN_FAILURE_SENTENCES } from '@snowflow/contracts/errors/login-failure-sentences';
import type { OauthProvider, SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { OauthClients } from '../oauth/oauth-clients';
import { OauthStates, PendingGrant, PendingOauth } from '../oauth/oauth-states';
import { providerRefusal } from '../oauth/provider-refusal';
import { inSession } from '../sessions/in-session';
import { CredentialKeeper, type ProvedSecret } from './credential-keeper';
import { CredentialPolicy } from './credential-policy';
import { CurrentMember } from './current-member';
import { StoredSignIn } from './stored-sign-in';
import { writeGrant } from './stored-grant';

/** The page that the browser comes back to; it tells what happened. */
const PAGE = '/settings/credentials';

/** OAuth grants that people store for work without them: each by redirects of its own, in which nobody is signed in. */
@Injectable()
export class OauthCredentialsService {
  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    private readonly members: CurrentMember,
    private readonly policy: CredentialPolicy,
    private readonly keeper: CredentialKeeper,
    private readonly clients: OauthClients,
    private readonly states: OauthStates,
    private readonly signIn: StoredSignIn,
  ) {}

  async start(request: OauthCredentialRequest): Promise<OauthStarted> {
    const { name, credentialId, redirectUri } = request;
    const member = await this.members.builder();
    const { tenantId, userId, id: sessionId, account } = member;
    const row = await this.replaced(member, request);
    if (name !== undefined) await this.keeper.assertRoomFor(member, name);
    const client = await this.clientOf(member, request.provider ?? row?.provider ?? undefined);
    await this.policy.assertAllowed(tenantId, { kind: 'oauth', provider: client.provider }, 'METHOD_REFUSED');
    const { provider, clientSecret: _secret, ...shown } = client;
    const role = request.role ?? row?.bound_role ?? undefined;
    const grant: PendingGrant = { userId, sessionId, name, credentialId };
    const pending = { account, provider, role, next: PAGE, redirectUri, tenantId, grant };
    const { state, binding, codeChallenge } = await this.states.issue(pending);
    const asked = { account, client: { provider, ...shown }, redirectUri, state, codeChallenge, role };
    const { url } = await this.connections.authorizeUrl(asked);
    return { authorizeUrl: url, binding };
  }

  /** By who started it, in a session that lives: else it is refused as any other who is not signed in. */
  async finish(pending: PendingOauth, grant: PendingGrant, request: OauthFinishRequest): Promise<OauthFinished> {
    const { tenantId } = pending;
    if (tenantId === undefined) throw new AppError('INTERNAL', 'A credential is stored within a tenant.');
    return inSession({ id: grant.sessionId, tenantId, userId: grant.userId }, async () => {
      await this.members.get();
      try {
        await this.store(await this.members.builder(), pending, grant, request);
        return { next: `${PAGE}?stored` };
      } catch (error) {
        throw error instanceof AppError ? leadingBack(error) : error;
      }
    });
  }

  private async store(
    member: SessionRecord,
    pending: PendingOauth,
    { name, credentialId }: PendingGrant,
    request: OauthFinishRequest,
  ): Promise<void> {
    const { provider, role } = pending;
    const { code } = request;
    if (request.error !== undefined || code === undefined) throw providerRefusal(request.error ?? '');
    await this.policy.assertAllowed(member.tenantId, { kind: 'oauth', provider }, 'METHOD_REFUSED');
    const row = credentialId === undefined ? undefined : await this.keeper.own(member, credentialId);
    const client = await this.clientOf(member, provider);
    const { accessToken, refreshToken } = await this.exchange(member, pending, client, { ...request, code });
    if (!refreshToken) throw refused('OAUTH_NO_REFRESH_TOKEN');
    const { context } = await this.prove(member, accessToken, role);
    const { clientId, issuer = null } = client;
    const proved: ProvedSecret = {
      kind: 'oauth',
      secretText: writeGrant({ refreshToken, clientId, issuer }),
      grant: { provider, bound_role: isForOneRole(provider, role) ? context.role : null },
    };
    await (row ? this.keeper.replace(member, row, proved) : this.keeper.add(member, name ?? '', proved));
  }

  private exchange(
    { account }: SessionRecord,
    { codeVerifier, redirectUri }: PendingOauth,
    client: OauthClientDto,
    { code, iss }: OauthFinishRequest & { code: string },
  ) {
    return this.connections.exchangeCode({ account, grant: { client, code, codeVerifier, redirectUri, iss } });
  }

  /** Whose the grant is, Snowflake says: in a session that ends at once. */
  private async prove(
    { tenantId, userId: ownerId, account, username }: SessionRecord,
    accessToken: string,
    role: string | undefined,
  ): Promise<OpenedSession> {
    const identity = { tenantId, ownerId, account, username, kind: 'oauth' as const };
    const sessionId = newId('ses');
    try {
      return await this.signIn.open(identity, { secret: accessToken }, { role, warehouse: null }, sessionId);
    } catch (error) {
      throw error instanceof AppError && error.code === 'FORBIDDEN' ? refused('OAUTH_OTHER_USER') : error;
    } finally {
      await this.signIn.close(identity, sessionId);
    }
  }

  private async replaced(member: SessionRecord, { name, credentialId }: OauthCredentialRequest) {
    if ((name === undefined) === (credentialId === undefined)) {
      const message = 'Give a name for a new credential, or the id of the one whose secret is to be replaced.';
      throw new AppError('VALIDATION', message, { errors: [{ path: 'name', message }] });
    }
    if (credentialId === undefined) return undefined;
    const row = await this.keeper.own(member, credentialId);
    if (row.kind === 'oauth') return row;
    throw new AppError('VALIDATION', `"${row.name}" holds no OAuth grant. Replace its secret by another of its kind.`);
  }

  private async clientOf({ tenantId, account }: SessionRecord, provider?: OauthProvider): Promise<OauthClientDto> {
    const client = await this.clients.find(tenantId, provider);
    if (client) return client;
    throw new AppError(
      'OAUTH_NOT_SET_UP',
      `OAuth is not set up for ${account}. An owner or admin enters a client in the settings once.`,
    );
  }
}

/** Snowflake's own OAuth grants one role; an outside provider may grant all, unless one was asked for. */
function isForOneRole(provider: OauthProvider, role: string | undefined): boolean {
  return provider === 'snowflake' || role !== undefined;
}

function refused(reason: LoginFailure): AppError {
  return new AppError('OAUTH_FAILED', LOGIN_FAILURE_SENTENCES[reason], { extensions: { reason } });
}

function leadingBack({ code, message, details }: AppError): AppError {
  return new AppError(code, message, { ...details, extensions: { ...details.extensions, next: PAGE } });
}
