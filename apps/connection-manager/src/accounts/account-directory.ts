import { AppError } from '@snowflow/contracts/errors/app-error';
import { parseAccount } from './account-identifier';
import type { Endpoint } from './endpoint';

const DEMO_ACCOUNTS = new Set(['demo', 'demo2']);

export interface AccountDirectoryOptions {
  /** Exact origin of the local warehouse; undefined where there is no demo. */
  demoOrigin: string | undefined;
  /** Identifiers that may sign in; empty allows all. */
  allowList: string[];
}

/** Knows where an account answers and whether it may be used here. */
export class AccountDirectory {
  private readonly demoOrigin: string | undefined;
  private readonly allowed: ReadonlySet<string>;

  constructor({ demoOrigin, allowList }: AccountDirectoryOptions) {
    this.demoOrigin = demoOrigin === undefined ? undefined : new URL(demoOrigin).origin;
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

  private identify(typed: string): Endpoint {
    const name = typed.trim().toLowerCase();
    if (this.demoOrigin !== undefined && DEMO_ACCOUNTS.has(name)) return { account: name, origin: this.demoOrigin };
    const { id, host } = parseAccount(typed);
    return { account: id, origin: `https://${host}` };
  }
}
