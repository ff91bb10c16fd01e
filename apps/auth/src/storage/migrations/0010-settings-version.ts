import { Migration, sql } from 'kysely';

/** Counts the saves of a tenant's settings. The former version, which knows none, goes on saving. */
export const settingsVersion: Migration = {
  async up(database) {
    await sql`
      ALTER TABLE auth.tenant_settings ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0)`.execute(
      database,
    );
  },
};
