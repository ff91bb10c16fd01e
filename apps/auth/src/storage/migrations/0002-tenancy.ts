import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { Migration, sql } from 'kysely';

/** What tenants decide, who belongs to them and why, their OAuth clients, and the spellings of their accounts. */
export const tenancyMigration: Migration = {
  async up(database) {
    await sql`
      CREATE TABLE auth.tenant_settings (
        tenant_id text PRIMARY KEY REFERENCES auth.tenants (tenant_id) ON DELETE CASCADE,
        settings json NOT NULL,
        changed_by text NOT NULL,
        changed_at timestamptz NOT NULL DEFAULT now()
      );
      -- app_role and because: as the last sign-in found them. granted_*: what was given here, by proof or by a person.
      ALTER TABLE auth.users
        ADD COLUMN because text NOT NULL DEFAULT 'auto-join'
          CHECK (because IN ('snowflake-role', 'proof', 'auto-join', 'invitation', 'assigned')),
        ADD COLUMN state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'invited', 'removed')),
        ADD COLUMN granted_role text CHECK (granted_role IN ('owner', 'admin', 'builder', 'viewer')),
        ADD COLUMN granted_because text CHECK (granted_because IN ('proof', 'invitation', 'assigned')),
        ADD CONSTRAINT users_granted_why CHECK ((granted_role IS NULL) = (granted_because IS NULL)),
        ALTER COLUMN last_seen_at DROP NOT NULL,
        ALTER COLUMN last_seen_at DROP DEFAULT;
      CREATE TABLE auth.oauth_clients (
        tenant_id text NOT NULL REFERENCES auth.tenants (tenant_id) ON DELETE CASCADE,
        provider text NOT NULL CHECK (provider IN ('snowflake', 'external')),
        client_id text NOT NULL,
        issuer text,
        sealed_secret text,
        proven_at timestamptz,
        PRIMARY KEY (tenant_id, provider),
        CHECK ((provider = 'external') = (issuer IS NOT NULL))
      );
      -- Looked up before any tenant is known, by whoever is about to sign in: so it has no row-level security, and holds
      -- nothing but a spelling and the opaque id of a tenant.
      CREATE TABLE auth.account_aliases (
        alias text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES auth.tenants (tenant_id) ON DELETE CASCADE
      );`.execute(database);
    for (const table of ['tenant_settings', 'oauth_clients']) await isolateTenants(database, 'auth', table);
  },
};
