import type { Generated, Selectable } from 'kysely';

/** The table of API keys in schema `auth`, for Kysely. */
export type ApiKeyTables = { api_keys: ApiKeysTable };

interface ApiKeysTable {
  tenant_id: string;
  id: string;
  user_id: string;
  name: string;
  hash: string;
  created_at: Generated<Date>;
  expires_at: Date;
  last_used_at: Date | null;
  /** Ids of the publications it may call; null: all. */
  publications: string[] | null;
  calls_per_minute: number | null;
  calls_per_day: number | null;
  statements_per_day: number | null;
  bytes_per_day: number | null;
  tokens_per_day: number | null;
  /** Of the secret before the last rotation, while it is taken too. */
  previous_hash: string | null;
  previous_until: Date | null;
}

export type ApiKeyRow = Selectable<ApiKeysTable>;
