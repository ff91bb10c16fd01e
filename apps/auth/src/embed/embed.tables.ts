import type { Generated } from 'kysely';

/** The table of embed settings in schema `auth`, for Kysely. */
export type EmbedTables = {
  embed_settings: {
    tenant_id: string;
    embed_id: string;
    parents: string[];
    changed_by: string;
    changed_at: Generated<Date>;
  };
};
