import type { connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import type { OauthClientDto } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { LoginFailure } from '@snowflow/contracts/errors/login-failure';
import { currentContext } from '@snowflow/transport/request-scope';
import type { Responder } from '@snowflow/transport/testing/start-responder';

const DEMO = { organization: 'SNOWFLOW', region: 'LOCAL', locator: 'DEMO' };

/** A provider as connection-manager would find it: it replaces refresh tokens, and ends the grant of one that comes a second time. */
export class StandInProvider {
  /** Whom the next grants are of, and in which role their sessions stand. */
  username = '';
  role = 'ANALYST';
  givesRefreshTokens = true;
  rotates = true;
  /** Thrown by the next refreshes, before or after the provider has replaced the token. */
  failure: { error: AppError; isAnswerLost: boolean } | undefined;
  whileRefreshing: () => Promise<unknown> = () => Promise.resolve();
  readonly clients: OauthClientDto[] = [];
  readonly opened: { secret: string; role: string | undefined }[] = [];
  readonly closed: (string | undefined)[] = [];
  private current: string | undefined;
  private count = 0;
  private underWay = 0;
  /** The most refreshes that were under way at once. */
  mostAtOnce = 0;

  constructor({ answers }: Responder<typeof connectionsContract>) {
    answers.authorizeUrl = ({ account, state, role = '' }) =>
      Promise.resolve({ url: `https://${account}.example/oauth/authorize?state=${state}&role=${role}` });
    answers.exchangeCode = ({ grant }) => {
      this.clients.push(grant.client);
      if (grant.code !== 'good') throw refusedBy('OAUTH_DENIED');
      const accessToken = `canary-access-${++this.count}`;
      return Promise.resolve(this.givesRefreshTokens ? { accessToken, refreshToken: this.next() } : { accessToken });
    };
    answers.refreshGrant = async ({ refreshToken, client }) => {
      this.underWay += 1;
      this.mostAtOnce = Math.max(this.mostAtOnce, this.underWay);
      this.clients.push(client);
      try {
        await this.whileRefreshing();
        return this.refresh(refreshToken);
      } finally {
        this.underWay -= 1;
      }
    };
    answers.openStored = ({ secret, role, warehouse }) => {
      this.opened.push({ secret, role });
      const context = {
        role: role ?? this.role,
        secondaryRoles: 'NONE' as const,
        warehouse,
        database: null,
        schema: null,
      };
      return Promise.resolve({ account: DEMO, username: this.username, context, roles: ['SYSADMIN', 'ANALYST'] });
    };
    answers.close = () => {
      this.closed.push(currentContext().sessionId);
      return Promise.resolve({ done: true as const });
    };
  }

  private refresh(refreshToken: string) {
    if (this.failure && !this.failure.isAnswerLost) throw this.failure.error;
    if (refreshToken !== this.current) {
      this.current = undefined;
      throw refusedBy('OAUTH_DENIED');
    }
    const tokens = {
      accessToken: `canary-access-${++this.count}`,
      refreshToken: this.rotates ? this.next() : refreshToken,
    };
    if (this.failure) throw this.failure.error;
    return tokens;
  }

  private next(): string {
    this.current = `canary-refresh-${++this.count}`;
    return this.current;
  }
}

/** What connection-manager throws where the provider refuses. */
export function refusedBy(reason: LoginFailure): AppError {
  return new AppError('OAUTH_FAILED', 'The provider refused. Do this.', { extensions: { reason } });
}
