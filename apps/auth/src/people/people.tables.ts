import type { AppRole } from '@snowflow/contracts/sessions/session-record';
import type { Generated } from 'kysely';

/** The tables of schema `auth`, for Kysely. */
export type AuthTables = { tenants: TenantsTable; users: UsersTable };

interface TenantsTable {
  tenant_id: string;
  organization: string;
  region: string;
  locator: string;
  created_at: Generated<Date>;
}

interface UsersTable {
  tenant_id: string;
  id: string;
  username: string;
  app_role: AppRole;
  created_at: Generated<Date>;
  last_seen_at: Generated<Date>;
}
