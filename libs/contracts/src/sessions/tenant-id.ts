import { createHash } from 'node:crypto';

/** What Snowflake itself says an account is; names and URLs that people type are only aliases of it. */
export interface AccountIdentity {
  organization: string;
  region: string;
  locator: string;
}

/** The tenant of an account: the same on every replica, without a look-up. */
export function tenantIdOf(account: AccountIdentity): string {
  return `ten_${digest([account.organization, account.region, account.locator])}`;
}

/** The person within a tenant; Snowflake's user name is unique in its account. */
export function userIdOf(tenantId: string, username: string): string {
  return `usr_${digest([tenantId, username])}`;
}

function digest(parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}
