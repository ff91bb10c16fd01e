import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { Migration, sql } from 'kysely';

export const AUTH_SCHEMA = 'auth';

/** In the order of their names; one that ran once is never changed. */
export const authMigrations: Record<string, Migration> = {
  '0001-people': {
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
      await isolateTenants(database, AUTH_SCHEMA, 'tenants');
      await isolateTenants(database, AUTH_SCHEMA, 'users');
    },
  },
};
