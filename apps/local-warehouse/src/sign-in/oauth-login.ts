import type { Account } from '../accounts/account';
import type { Person } from '../accounts/person';
import { blockedByOauth, wrongOauthToken } from './login-refusals';

const TIMEOUT_MS = 5_000;
/** An integration blocks these unless its administrator says otherwise. */
const BLOCKED = new Set(['ACCOUNTADMIN', 'SECURITYADMIN', 'ORGADMIN']);

interface Introspection {
  active?: boolean;
  username?: string;
  sub?: string;
  scope?: string;
}

/** Checks OAuth access tokens at the servers that issue them. */
export class OauthLogin {
  /** Each server's introspection (RFC 7662) stands at /oauth/introspect; the warehouse needs no secret there. */
  constructor(private readonly servers: readonly string[]) {}

  async owner(account: Account, token: string | undefined): Promise<{ person: Person; boundToRole?: string }> {
    for (const server of this.servers) {
      const found = token === undefined ? undefined : await introspect(server, token);
      const person = found?.active ? account.person(found.username ?? found.sub ?? '') : undefined;
      if (!person) continue;
      const role = /(?:^| )session:role:([^ ]+)/.exec(found?.scope ?? '')?.[1]?.toUpperCase();
      if (role && BLOCKED.has(role)) throw blockedByOauth(role);
      const isFree = (found?.scope ?? '').split(' ').includes('session:role-any');
      return { person, boundToRole: role ?? (isFree ? undefined : person.defaultRole) };
    }
    throw wrongOauthToken();
  }
}

async function introspect(server: string, token: string): Promise<Introspection | undefined> {
  try {
    const response = await fetch(new URL('/oauth/introspect', server), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token, client_id: 'snowflake-local' }).toString(),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.ok ? ((await response.json()) as Introspection) : undefined;
  } catch {
    return undefined;
  }
}
