import type { MembershipReason, TenantSettings } from '@snowflow/contracts/auth/tenant.dto';
import type { TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import type { AppRole, OauthProvider } from '@snowflow/contracts/sessions/session-record';
import type { ColumnType, Generated } from 'kysely';

/** The tables of tenants and people in schema `auth`, for Kysely. */
export type AuthTables = {
  tenants: TenantsTable;
  users: UsersTable;
  tenant_settings: TenantSettingsTable;
  tenant_policies: TenantPoliciesTable;
  oauth_clients: OauthClientsTable;
  account_aliases: AccountAliasesTable;
};

interface TenantsTable {
  tenant_id: string;
  organization: string;
  region: string;
  locator: string;
  created_at: Generated<Date>;
}

export interface UsersTable {
  tenant_id: string;
  id: string;
  username: string;
  app_role: AppRole;
  because: MembershipReason;
  state: 'active' | 'invited' | 'removed';
  granted_role: AppRole | null;
  granted_because: 'proof' | 'invitation' | 'assigned' | null;
  created_at: Generated<Date>;
  last_seen_at: Date | null;
}

/** The version stands beside them. */
export type KeptSettings = Omit<TenantSettings, 'version'>;

interface TenantSettingsTable {
  tenant_id: string;
  version: number;
  settings: ColumnType<KeptSettings, string, string>;
  changed_by: string;
  changed_at: Generated<Date>;
}

interface TenantPoliciesTable {
  tenant_id: string;
  version: number;
  policies: ColumnType<TenantPolicies, string, string>;
  changed_by: string;
  changed_at: Generated<Date>;
}

interface OauthClientsTable {
  tenant_id: string;
  provider: OauthProvider;
  client_id: string;
  issuer: string | null;
  sealed_secret: string | null;
  proven_at: Date | null;
}

interface AccountAliasesTable {
  alias: string;
  tenant_id: string;
}
