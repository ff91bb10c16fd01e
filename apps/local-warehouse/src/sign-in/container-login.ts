import { readFile } from 'node:fs/promises';
import type { Account } from '../accounts/account';
import type { Person } from '../accounts/person';
import { wrongOauthToken } from './login-refusals';
import { tokenOwner } from './token-login';

/**
 * Sign-in with caller's rights, as from inside Snowpark Container Services: `<service token>.<user token>` as OAuth token. In place of the
 * short token that Snowflake's ingress makes for a person, one of their programmatic access tokens is taken.
 */
export class ContainerLogin {
  /** `tokenFile` empty: no service runs inside this account. */
  constructor(private readonly tokenFile: string) {}

  /** Undefined for what is no token of the service. */
  async owner(
    account: Account,
    token: string | undefined,
  ): Promise<{ person: Person; boundToRole?: string } | undefined> {
    if (this.tokenFile === '' || token === undefined) return undefined;
    const service = (await readFile(this.tokenFile, 'utf8').catch(() => '')).trim();
    if (service === '' || !token.startsWith(`${service}.`)) return undefined;
    try {
      return tokenOwner(account, token.slice(service.length + 1));
    } catch {
      throw wrongOauthToken();
    }
  }
}
