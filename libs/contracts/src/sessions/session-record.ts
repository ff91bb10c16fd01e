/** The role, warehouse, database and schema that a statement is pinned to; null means none is chosen. */
export interface PinnedContext {
  role: string | null;
  secondaryRoles: 'NONE' | 'ALL';
  warehouse: string | null;
  database: string | null;
  schema: string | null;
}

/** How a person can sign in by one request. `container`: the identity that Snowflake's ingress hands to a Native App. */
export const DIRECT_METHODS = ['password', 'key-pair', 'pat', 'oauth-token', 'container'] as const;
export type DirectMethod = (typeof DIRECT_METHODS)[number];

/** How a person can sign in through redirects: at Snowflake itself, or at the company's own identity provider. */
export const OAUTH_PROVIDERS = ['snowflake', 'external'] as const;
export type OauthProvider = (typeof OAUTH_PROVIDERS)[number];

export const SIGN_IN_METHODS = [...DIRECT_METHODS, 'oauth', 'external-oauth'] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** How a Snowflake session came to be; `credential` is a stored one, which opens sessions without a person. */
export const AUTHENTICATORS = [...SIGN_IN_METHODS, 'credential'] as const;
export type Authenticator = (typeof AUTHENTICATORS)[number];

export const APP_ROLES = ['owner', 'admin', 'builder', 'viewer'] as const;
export type AppRole = (typeof APP_ROLES)[number];

/** A sign-in as Redis holds it: no secret is in it. Times are ISO-8601 UTC. */
export interface SessionRecord {
  id: string;
  tenantId: string;
  userId: string;
  account: string;
  username: string;
  authenticator: Authenticator;
  appRole: AppRole;
  context: PinnedContext;
  /** It can take no other role than the one it began with: OAuth grants one. */
  isBoundToRole?: boolean;
  /** Counts up when the person's rights here change: access tokens of an older version are refused and must be refreshed. */
  version: number;
  /** Seconds without a refresh after which the session ends. */
  idleSeconds: number;
  /** What the person signed in with, as "Chrome on Windows"; "API client" where it is no browser. */
  client: string;
  lastSeenAt: string;
  createdAt: string;
  expiresAt: string;
}
