import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { Migration, sql } from 'kysely';

const TABLES = ['tenant_keys', 'secrets', 'credentials', 'credential_bindings', 'api_keys'];

/** Data keys of tenants, what they seal, stored credentials with the rights to use them, and hashes of API keys. */
export const secretsMigration: Migration = {
  async up(database) {
    await sql`
      CREATE TABLE auth.tenant_keys (
        tenant_id text PRIMARY KEY REFERENCES auth.tenants (tenant_id) ON DELETE CASCADE,
        wrapped text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE auth.secrets (
        tenant_id text NOT NULL REFERENCES auth.tenants (tenant_id) ON DELETE CASCADE,
        name text NOT NULL,
        sealed text NOT NULL,
        PRIMARY KEY (tenant_id, name)
      );
      CREATE TABLE auth.credentials (
        tenant_id text NOT NULL REFERENCES auth.tenants (tenant_id) ON DELETE CASCADE,
        id text NOT NULL,
        owner_id text NOT NULL,
        name text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('key-pair', 'pat', 'oauth')),
        account text NOT NULL,
        username text NOT NULL,
        secret_name text NOT NULL,
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended')),
        reason text,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz,
        PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, owner_id, name)
      );
      CREATE TABLE auth.credential_bindings (
        tenant_id text NOT NULL,
        id text NOT NULL,
        credential_id text NOT NULL,
        workflow_id text NOT NULL,
        revision_hash text NOT NULL,
        role text NOT NULL,
        warehouse text,
        state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'revoked')),
        proposed_by text NOT NULL,
        proposed_at timestamptz NOT NULL DEFAULT now(),
        approved_at timestamptz,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, credential_id) REFERENCES auth.credentials (tenant_id, id) ON DELETE CASCADE
      );
      -- What may be used is at most once proposed or approved; what was revoked stays for the record.
      CREATE UNIQUE INDEX credential_binding_once ON auth.credential_bindings
        (tenant_id, credential_id, workflow_id, revision_hash, role, warehouse) NULLS NOT DISTINCT
        WHERE state <> 'revoked';
      CREATE TABLE auth.api_keys (
        tenant_id text NOT NULL REFERENCES auth.tenants (tenant_id) ON DELETE CASCADE,
        id text NOT NULL,
        user_id text NOT NULL,
        name text NOT NULL,
        hash text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        last_used_at timestamptz,
        PRIMARY KEY (tenant_id, id)
      );
      CREATE INDEX api_keys_of ON auth.api_keys (tenant_id, user_id);`.execute(database);
    for (const table of TABLES) await isolateTenants(database, 'auth', table);
    // Sealing data keys anew goes through all tenants. What it may see of each is a wrapped key, and it changes one tenant's at a time.
    await sql`
      CREATE POLICY key_rotation ON auth.tenant_keys FOR SELECT
        USING (current_setting('app.key_rotation', true) = 'on')`.execute(database);
  },
};
