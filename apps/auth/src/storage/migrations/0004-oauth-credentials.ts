import { Migration, sql } from 'kysely';

/** Stored OAuth grants: who gave them, the one role they are for, and whether a refresh is under way. */
export const oauthCredentialsMigration: Migration = {
  async up(database) {
    await sql`
      ALTER TABLE auth.credentials
        ADD COLUMN provider text CHECK (provider IN ('snowflake', 'external')),
        ADD COLUMN bound_role text,
        -- Set before the provider is asked, cleared once its answer is kept: what is still set tells of an answer that was lost.
        ADD COLUMN refresh_begun_at timestamptz,
        ADD CONSTRAINT credentials_provider CHECK ((kind = 'oauth') = (provider IS NOT NULL)),
        ADD CONSTRAINT credentials_bound_role CHECK (kind = 'oauth' OR bound_role IS NULL);`.execute(database);
  },
};
