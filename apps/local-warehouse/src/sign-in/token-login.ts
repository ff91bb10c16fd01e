import type { Account } from '../accounts/account';
import type { Person } from '../accounts/person';
import { digestOf } from '../commands/account/tokens';
import { expiredToken, wrongToken } from './login-refusals';

/** A programmatic access token: it says whose it is, and which role it is for. */
export function tokenOwner(account: Account, secret: string): { person: Person; boundToRole?: string } {
  const digest = digestOf(secret);
  for (const person of account.population.all()) {
    const token = person.tokens.find((candidate) => candidate.digest === digest);
    if (!token) continue;
    if (token.expiresAtMs <= Date.now()) throw expiredToken();
    return { person, boundToRole: token.role };
  }
  throw wrongToken();
}
