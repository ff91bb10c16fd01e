import { sql, type Kysely, type Migration } from 'kysely';

/** For who answers for a tenant and looks at everybody's runs: the newest first, and those of some days. */
export const tower: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`CREATE INDEX runs_of_tenant ON workflow.runs (tenant_id, created_at DESC, id DESC)`.execute(db);
  },
};
