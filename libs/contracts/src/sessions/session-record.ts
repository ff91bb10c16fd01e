/** The role, warehouse, database and schema that a statement is pinned to; null means none is chosen. */
export interface PinnedContext {
  role: string | null;
  secondaryRoles: 'NONE' | 'ALL';
  warehouse: string | null;
  database: string | null;
  schema: string | null;
}

export const AUTHENTICATORS = ['password', 'key-pair', 'pat', 'oauth-token'] as const;
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
  createdAt: string;
  expiresAt: string;
}
