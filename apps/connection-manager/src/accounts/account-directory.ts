import { AppError } from '@snowflow/contracts/errors/app-error';
import { parseAccount } from './account-identifier';
import type { Endpoint } from './endpoint';

/** The organization that the local warehouse's accounts belong to. */
const DEMO_ORGANIZATION = /^snowflow[-_]/;

export interface AccountDirectoryOptions {
  /** Exact origin of the local warehouse; undefined where there is no demo. */
  demoOrigin: string | undefined;
  /** The accounts it serves, in lower case. */
  demoAccounts?: readonly string[];
  /** The account that SnowFlow runs in, inside Snowflake: no other can be reached from there, so every name leads to it. */
  home?: Endpoint;
  /** Identifiers that may sign in; empty allows all. */
  allowList: readonly string[];
}

/** Knows where an account answers and whether it may be used here. */
export class AccountDirectory {
  private readonly demoOrigin: string | undefined;
  private readonly demoAccounts: ReadonlySet<string>;
  private readonly allowed: ReadonlySet<string>;
  private readonly home: Endpoint | undefined;

  constructor({ demoOrigin, demoAccounts = ['demo', 'demo2'], home, allowList }: AccountDirectoryOptions) {
    this.home = home;
    this.demoOrigin = demoOrigin === undefined ? undefined : new URL(demoOrigin).origin;
    this.demoAccounts = new Set(demoAccounts);
    this.allowed = new Set(allowList.map((entry) => this.identify(entry).account));
  }

  /** Throws VALIDATION for what is no account, ACCOUNT_NOT_ALLOWED for one that is not on the list. */
  endpointOf(typed: string): Endpoint {
    const endpoint = this.identify(typed);
    if (this.allowed.size > 0 && !this.allowed.has(endpoint.account)) {
      throw new AppError('ACCOUNT_NOT_ALLOWED', `The account ${endpoint.account} is not on this installation's list.`);
    }
    return endpoint;
  }

  isDemo({ origin }: Endpoint): boolean {
    return origin === this.demoOrigin;
  }

  private identify(typed: string): Endpoint {
    const demo = this.demoAccount(typed);
    if (demo) return demo;
    if (this.home) return this.home;
    const { id, host } = parseAccount(typed);
    return { account: id, origin: `https://${host}` };
  }

  private demoAccount(typed: string): Endpoint | undefined {
    if (this.demoOrigin === undefined) return undefined;
    const name = typed
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/\.snowflakecomputing\.com.*$/, '')
      .replace(DEMO_ORGANIZATION, '');
    return this.demoAccounts.has(name) ? { account: name, origin: this.demoOrigin } : undefined;
  }
}
