import type { ConnectReply, SignInRequest } from '@snowflow/contracts/auth/auth.dto';
import type { OpenRequest } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { RequestContext } from '@snowflow/contracts/sessions/request-context';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { AccountIdentity, userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { currentContext, runInScope } from '@snowflow/transport/request-scope';
import type { TestAuth } from './test-auth';

export const CANARY = 'canary-password-7c1f';
export const DEMO = { organization: 'SNOWFLOW', region: 'LOCAL', locator: 'DEMO' };
export const OTHER = { organization: 'SNOWFLOW', region: 'LOCAL', locator: 'DEMO2' };
export const CONTEXT: PinnedContext = {
  role: 'SYSADMIN',
  secondaryRoles: 'NONE',
  warehouse: 'DEMO_WH',
  database: 'DEMO',
  schema: 'PUBLIC',
};

/** What connection-manager would find in Snowflake, and what it was asked. */
export class StandInSnowflake {
  readonly opened: OpenRequest[] = [];
  readonly closed: { scope: RequestContext; statements: string }[] = [];
  /** Sessions whose runs were cancelled. */
  readonly cancelled: (string | undefined)[] = [];
  /** Sessions whose runs were let go on. */
  readonly held: (string | undefined)[] = [];
  /** By account spelling in lower case; others are accounts of their own name. */
  accounts: Record<string, AccountIdentity> = { demo: DEMO, 'snowflow-demo': DEMO, demo2: OTHER };
  /** By user in upper case; others hold the default. */
  roles: Record<string, string[]> = {};
  /** Roles that hold MANAGE GRANTS on the account. */
  managers: string[] = [];
  /** The roles of sessions that may look at them; undefined: each. */
  seenBy: string[] | undefined;
  context: PinnedContext = CONTEXT;
  /** Thrown by the next liveness checks of a role that is not null. */
  notLive: AppError | undefined;
  beforeOpenReplies: () => Promise<unknown> = () => Promise.resolve();
  private readonly users = new Map<string, string>();

  constructor(private readonly auth: TestAuth) {
    const { answers } = auth.connections;
    answers.locate = ({ account }) => {
      const name = account.trim().toLowerCase();
      return Promise.resolve({ account: name, origin: `https://${name}.example`, isDemo: name === 'demo' });
    };
    answers.open = async (request) => {
      this.opened.push(request);
      if (request.oauth && request.oauth.code !== CANARY) throw new AppError('OAUTH_FAILED', 'No such code.');
      if (!request.oauth && (request.password ?? request.token) !== CANARY) {
        throw new AppError('SNOWFLAKE_LOGIN_FAILED', 'Wrong user or password.');
      }
      const username = (request.username ?? 'oauth_user').toUpperCase();
      this.users.set(request.sessionId, username);
      await this.beforeOpenReplies();
      const context = { ...this.context, role: request.role ?? this.context.role };
      return { account: this.identityOf(request.account), username, context, roles: this.rolesOf(username) };
    };
    answers.close = ({ statements }) => {
      this.closed.push({ scope: currentContext(), statements });
      return Promise.resolve({ done: true });
    };
    answers.checkLive = ({ context }) => {
      if (this.notLive && !(this.notLive.code === 'ROLE_REVOKED' && context.role === null)) throw this.notLive;
      return Promise.resolve({ roles: this.rolesOf(this.users.get(currentContext().sessionId ?? '') ?? '') });
    };
    answers.metadata = ({ sql, context }) => {
      if (this.seenBy && !this.seenBy.includes(context.role ?? '')) throw new AppError('SQL_FAILED', 'Not authorized.');
      const managers = this.managers.filter((role) => sql === `SHOW GRANTS TO ROLE ${role}`);
      const columns = ['privilege', 'granted_on', 'grantee_name'];
      return Promise.resolve({ columns, rows: managers.map((role) => ['MANAGE GRANTS', 'ACCOUNT', role]) });
    };
    answers.grants = ({ context }) => {
      if (this.notLive?.code === 'ROLE_REVOKED' && context.role !== null) throw this.notLive;
      return Promise.resolve({ roles: ['SYSADMIN', 'ANALYST'], warehouses: ['DEMO_WH'] });
    };
    answers.checkContext = ({ context }) => {
      if (context.role === 'NOBODY' || context.warehouse === 'NOBODYS_WH') {
        throw new AppError('SNOWFLAKE_ACCESS_DENIED', 'Not granted.');
      }
      return Promise.resolve(context);
    };
    answers.authorizeUrl = ({ account, client, state, codeChallenge }) =>
      Promise.resolve({
        url: `https://${account}.example/oauth/authorize?client_id=${client.clientId}&state=${state}&code_challenge=${codeChallenge}`,
      });
    answers.providerKeys = ({ issuer }) => Promise.resolve({ issuer, jwksUri: `${issuer}/keys` });
    auth.workflow.answers.cancelRuns = () => {
      this.cancelled.push(currentContext().sessionId);
      return Promise.resolve({ done: true });
    };
    auth.workflow.answers.holdRuns = () => {
      this.held.push(currentContext().sessionId);
      return Promise.resolve({ done: true });
    };
  }

  anonymous<T>(work: () => Promise<T>): Promise<T> {
    return runInScope({ context: { correlationId: 'spec' } }, work);
  }

  as<T>({ session }: Pick<Required<ConnectReply>, 'session'>, work: () => Promise<T>): Promise<T> {
    const userId = userIdOf(session.tenantId, session.username);
    const scope = { correlationId: 'spec', tenantId: session.tenantId, sessionId: session.id, userId };
    return runInScope({ context: scope }, work);
  }

  /** Signs somebody in; without words, user demo of account demo by password. */
  connect(request: Partial<SignInRequest> = {}): Promise<Required<ConnectReply>> {
    const whole = {
      account: 'demo',
      authenticator: 'password' as const,
      username: 'demo',
      password: CANARY,
      ...request,
    };
    return this.anonymous(() => this.auth.client.connect(whole));
  }

  refresh({ refreshToken }: Required<ConnectReply>): Promise<Required<ConnectReply>> {
    return this.anonymous(() => this.auth.client.refresh({ refreshToken }));
  }

  private rolesOf(username: string): string[] {
    return this.roles[username] ?? ['SYSADMIN', 'ANALYST', 'PUBLIC'];
  }

  private identityOf(account: string): AccountIdentity {
    return this.accounts[account] ?? { organization: 'ORG', region: 'LOCAL', locator: account.toUpperCase() };
  }
}
