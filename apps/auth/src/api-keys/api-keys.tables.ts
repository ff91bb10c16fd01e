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
}

export type ApiKeyRow = Selectable<ApiKeysTable>;
