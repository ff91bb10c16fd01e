import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { Migration, sql } from 'kysely';

/** What each tenant's workflows may use; the version counts the changes. */
export const policiesMigration: Migration = {
  async up(database) {
    await sql`
      CREATE TABLE auth.tenant_policies (
        tenant_id text PRIMARY KEY REFERENCES auth.tenants (tenant_id) ON DELETE CASCADE,
        version integer NOT NULL CHECK (version > 0),
        policies json NOT NULL,
        changed_by text NOT NULL,
        changed_at timestamptz NOT NULL DEFAULT now()
      );`.execute(database);
    await isolateTenants(database, 'auth', 'tenant_policies');
  },
};
