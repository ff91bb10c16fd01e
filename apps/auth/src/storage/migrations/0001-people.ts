import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { Migration, sql } from 'kysely';

/** Tenants and their people. */
export const peopleMigration: Migration = {
  async up(database) {
    await sql`
        CREATE TABLE auth.tenants (
          tenant_id text PRIMARY KEY,
          organization text NOT NULL,
          region text NOT NULL,
          locator text NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE TABLE auth.users (
          tenant_id text NOT NULL REFERENCES auth.tenants (tenant_id) ON DELETE CASCADE,
          id text NOT NULL,
          username text NOT NULL,
          app_role text NOT NULL CHECK (app_role IN ('owner', 'admin', 'builder', 'viewer')),
          created_at timestamptz NOT NULL DEFAULT now(),
          last_seen_at timestamptz NOT NULL DEFAULT now(),
          PRIMARY KEY (tenant_id, id)
        );`.execute(database);
    await isolateTenants(database, 'auth', 'tenants');
    await isolateTenants(database, 'auth', 'users');
  },
};
