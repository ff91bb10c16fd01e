import { Injectable } from '@nestjs/common';
import { AccountDirectory } from '../accounts/account-directory';
import type { Endpoint } from '../accounts/endpoint';
import { requireReachable } from '../accounts/reachability';
import { Credentials, DriverConnection, SnowflakeDriver } from '../driver/snowflake-driver';
import { toLoginError } from '../errors/login-error';
import { loginRefused } from '../errors/login-refused';
import { Egress } from '../net/egress';
import { answersOthers, mayBePushed } from './kept-waiting';
import { LOGIN_MS, type OauthRenewal, type SignInRequest } from './sign-in-strategy';
import { SignInStrategies } from './sign-in-strategies';

/** Snowflake let somebody in. */
export interface LoggedIn {
  endpoint: Endpoint;
  connection: DriverConnection;
  /** For what is asked of the new session next. */
  signal: AbortSignal;
  renewal?: OauthRenewal;
}

/** Signs in to Snowflake. Secrets are used once here and kept nowhere, but for what can renew an OAuth session. */
@Injectable()
export class SnowflakeLogin {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly strategies: SignInStrategies,
    private readonly driver: SnowflakeDriver,
    private readonly egress: Egress,
  ) {}

  /** Throws SNOWFLAKE_UNREACHABLE, SNOWFLAKE_LOGIN_FAILED or OAUTH_FAILED with the reason. */
  async login(request: SignInRequest): Promise<LoggedIn> {
    const endpoint = this.accounts.endpointOf(request.account);
    const budget = AbortSignal.timeout(LOGIN_MS);
    await requireReachable(endpoint, this.egress);
    const { credentials, patienceMs, renewal } = await this.strategies.prepare(request, endpoint, budget);
    const signal = patienceMs > LOGIN_MS ? AbortSignal.timeout(patienceMs) : budget;
    return { ...(await this.withCredentials(endpoint, credentials, signal)), renewal };
  }

  async withCredentials(
    endpoint: Endpoint,
    credentials: Credentials,
    signal: AbortSignal,
  ): Promise<Omit<LoggedIn, 'renewal'>> {
    const over = new AbortController();
    const keptWaiting = mayBePushed(credentials) && answersOthers(endpoint, this.egress, over.signal);
    try {
      return { endpoint, connection: await this.driver.login(endpoint, credentials, signal), signal };
    } catch (error) {
      if (signal.aborted && (await keptWaiting)) throw loginRefused('MFA_REQUIRED');
      throw toLoginError(error, endpoint.account, credentials);
    } finally {
      over.abort();
    }
  }
}
