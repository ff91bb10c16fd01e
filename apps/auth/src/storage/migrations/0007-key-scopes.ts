import { Migration, sql } from 'kysely';

/** What a key may call and how often, and the secret that it had before. */
export const keyScopes: Migration = {
  async up(database) {
    await sql`
      ALTER TABLE auth.api_keys
        ADD COLUMN publications text[],
        ADD COLUMN calls_per_minute integer,
        ADD COLUMN calls_per_day integer,
        ADD COLUMN statements_per_day integer,
        ADD COLUMN bytes_per_day bigint,
        ADD COLUMN tokens_per_day integer,
        ADD COLUMN previous_hash text,
        ADD COLUMN previous_until timestamptz;
      CREATE UNIQUE INDEX api_key_hash ON auth.api_keys (hash);
      CREATE UNIQUE INDEX api_key_previous_hash ON auth.api_keys (previous_hash) WHERE previous_hash IS NOT NULL;
      -- A call brings a key and no tenant. Who knows the hash of a key sees that key's row, and no other.
      CREATE POLICY key_lookup ON auth.api_keys FOR SELECT USING (
        hash = current_setting('app.api_key_hash', true) OR previous_hash = current_setting('app.api_key_hash', true))`.execute(
      database,
    );
  },
};
