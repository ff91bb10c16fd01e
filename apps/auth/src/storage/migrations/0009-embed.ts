import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { Migration, sql } from 'kysely';

/** Whose pages may show what a tenant embeds, and the id under which frames name the tenant. */
export const embed: Migration = {
  async up(database) {
    await sql`
      CREATE TABLE auth.embed_settings (
        tenant_id text PRIMARY KEY REFERENCES auth.tenants (tenant_id) ON DELETE CASCADE,
        embed_id text NOT NULL UNIQUE,
        parents text[] NOT NULL,
        changed_by text NOT NULL,
        changed_at timestamptz NOT NULL DEFAULT now()
      )`.execute(database);
    await isolateTenants(database, 'auth', 'embed_settings');
    // A frame's address brings an embed id and no tenant. Who knows it sees that row, and no other.
    await sql`
      CREATE POLICY embed_lookup ON auth.embed_settings FOR SELECT USING (
        embed_id = current_setting('app.embed_id', true))`.execute(database);
  },
};
