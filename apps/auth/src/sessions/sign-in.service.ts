import { Injectable } from '@nestjs/common';
import type { ConnectReply, SignInRequest } from '@snowflow/contracts/auth/auth.dto';
import type { SignInOptions } from '@snowflow/contracts/auth/oauth.dto';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import type { ConnectionTest } from '@snowflow/contracts/connections/connections.dto';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { Caller } from '../members/caller';
import { OauthClients } from '../oauth/oauth-clients';
import { TenantRules } from '../tenants/tenant-rules';
import { TenantsRepository } from '../tenants/tenants.repository';
import { BeginningService } from './beginning.service';
import { EndingService } from './ending.service';
import { methodRefused } from './method-refused';
import { SignInAttempts } from './sign-in-attempts';

/** A push may be approved within a minute; the rest is the login itself. */
const PUSH_DEADLINE_MS = 70_000;

/** Signing in by one request. */
@Injectable()
export class SignInService {
  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    private readonly tenants: TenantsRepository,
    private readonly rules: TenantRules,
    private readonly oauthClients: OauthClients,
    private readonly beginning: BeginningService,
    private readonly ending: EndingService,
    private readonly caller: Caller,
    private readonly sessions: SessionStore,
    private readonly attempts: SignInAttempts,
  ) {}

  /** What the account's tenant refuses is refused before any secret leaves for Snowflake. */
  async connect(request: SignInRequest): Promise<Required<ConnectReply>> {
    const { account, issueRefreshToken: _issue, client, attemptId, ...credentials } = request;
    const place = await this.connections.locate({ account });
    const { methods } = await this.rules.of(await this.tenants.findByAlias(place.account), place.isDemo);
    const { authenticator } = credentials;
    if (!methods.includes(authenticator) || !this.rules.isOffered(authenticator)) {
      throw methodRefused(authenticator, place);
    }
    const deadlineMs = credentials.push ? PUSH_DEADLINE_MS : undefined;
    return this.beginning.begin({ place, credentials, client, attemptId, deadlineMs });
  }

  async abandon(attemptId: string): Promise<void> {
    const sessionId = await this.attempts.abandon(attemptId);
    const record = sessionId === undefined ? undefined : await this.sessions.find(sessionId);
    if (record) await this.ending.end(record, 'cancel');
  }

  /** Only what can be used now: OAuth needs a client. */
  async options(account: string): Promise<SignInOptions> {
    const place = await this.connections.locate({ account });
    const tenantId = await this.tenants.findByAlias(place.account);
    const { methods } = await this.rules.of(tenantId, place.isDemo);
    const open = (await this.oauthClients.usable(tenantId, methods)).filter((method) => this.rules.isOffered(method));
    return { account: place.account, methods: open, hint: open.length > 0 ? null : hintFor(place.account) };
  }

  testConnection(account: string): Promise<ConnectionTest> {
    return this.connections.test({ account });
  }

  async testOwnConnection(): Promise<ConnectionTest> {
    const { account, context } = await this.caller.session();
    return this.connections.test({ account, context });
  }
}

function hintFor(account: string): string {
  return (
    `${account} signs in by OAuth here, and no client is set up for it yet. An account administrator creates a security ` +
    'integration in Snowflake and enters its client id and secret here once.'
  );
}
