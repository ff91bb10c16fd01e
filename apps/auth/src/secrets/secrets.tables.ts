import type { Generated } from 'kysely';

/** The tables of sealed things in schema `auth`, for Kysely. */
export type SecretTables = { tenant_keys: TenantKeysTable; secrets: SecretsTable };

interface TenantKeysTable {
  tenant_id: string;
  wrapped: string;
  created_at: Generated<Date>;
}

interface SecretsTable {
  tenant_id: string;
  name: string;
  sealed: string;
}
