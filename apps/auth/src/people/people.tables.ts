import type { AppRole } from '@snowflow/contracts/sessions/session-record';
import type { Generated } from 'kysely';

export interface AuthTables {
  tenants: TenantsTable;
  users: UsersTable;
}

interface TenantsTable {
  id: string;
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
