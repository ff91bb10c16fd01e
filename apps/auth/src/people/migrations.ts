import { Migration, sql } from 'kysely';

export const AUTH_SCHEMA = 'auth';

/** Rows of one tenant are invisible and untouchable to every other: the database itself compares them with the transaction's tenant. */
const guardByTenant = (table: string, column: string) => sql`
  ALTER TABLE ${sql.id(AUTH_SCHEMA, table)} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${sql.id(AUTH_SCHEMA, table)} FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${sql.id(AUTH_SCHEMA, table)}
    USING (${sql.id(column)} = current_setting('app.tenant_id', true))
    WITH CHECK (${sql.id(column)} = current_setting('app.tenant_id', true));`;

/** In the order of their names; one that ran once is never changed. */
export const authMigrations: Record<string, Migration> = {
  '0001-people': {
    async up(database) {
      await sql`
        CREATE TABLE auth.tenants (
          id text PRIMARY KEY,
          organization text NOT NULL,
          region text NOT NULL,
          locator text NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE TABLE auth.users (
          tenant_id text NOT NULL REFERENCES auth.tenants (id) ON DELETE CASCADE,
          id text NOT NULL,
          username text NOT NULL,
          app_role text NOT NULL CHECK (app_role IN ('owner', 'admin', 'builder', 'viewer')),
          created_at timestamptz NOT NULL DEFAULT now(),
          last_seen_at timestamptz NOT NULL DEFAULT now(),
          PRIMARY KEY (tenant_id, id)
        );`.execute(database);
      await guardByTenant('tenants', 'id').execute(database);
      await guardByTenant('users', 'tenant_id').execute(database);
    },
  },
};
