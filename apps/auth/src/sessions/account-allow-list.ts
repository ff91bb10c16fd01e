import { AppError } from '@snowflow/contracts/errors/app-error';

/** The accounts an operator lets in. Names are compared as Snowflake does: without regard to case, _ and - alike. */
export class AccountAllowList {
  private readonly allowed: ReadonlySet<string>;

  constructor(accounts: string[]) {
    this.allowed = new Set(accounts.map(normalise));
  }

  /** Throws ACCOUNT_NOT_ALLOWED before any password leaves for an account that is not in the list; an empty list allows all. */
  check(account: string): void {
    if (this.allowed.size === 0 || this.allowed.has(normalise(account))) return;
    throw new AppError('ACCOUNT_NOT_ALLOWED', 'This SnowFlow does not let this account in. Ask its operator.');
  }
}

function normalise(account: string): string {
  return account
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\.snowflakecomputing\.(?:com|cn).*$/, '')
    .replaceAll('_', '-');
}
