import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { sql, type Kysely, type Migration } from 'kysely';

/** What drafting asked of models, in numbers. */
export const draftCalls: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      CREATE TABLE workflow.draft_calls (
        tenant_id text NOT NULL,
        user_id text NOT NULL,
        id text PRIMARY KEY,
        model text NOT NULL,
        tokens integer NOT NULL,
        ended boolean NOT NULL DEFAULT false,
        at timestamptz(3) NOT NULL DEFAULT now()
      )`.execute(db);
    await isolateTenants(db, 'workflow', 'draft_calls');
  },
};
