import type { OauthProvider } from '../../../api/tenant';

/** Snowflake refuses these to every OAuth session, whatever the user holds. */
const BLOCKED = new Set(['ACCOUNTADMIN', 'SECURITYADMIN', 'ORGADMIN', 'GLOBALORGADMIN']);

/** The roles that a sign-in by OAuth can take. */
export const rolesForOauth = (roles: readonly string[]) => roles.filter((role) => !BLOCKED.has(role));

/** Where a sign-in through a client begins; it comes back to the settings. Without a role Snowflake takes the user's default. */
export function testAddress(account: string, provider: OauthProvider, role: string): string {
  const query = new URLSearchParams({ account, provider, next: '/settings/sign-in', ...(role ? { role } : {}) });
  return `/api/v1/auth/oauth/authorize?${query.toString()}`;
}
