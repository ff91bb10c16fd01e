import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { sql, type Kysely, type Migration } from 'kysely';

/** What a run of a workflow may take; and of each statement what it reads at most and, after its end, what it took. */
export const budgets: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      CREATE TABLE workflow.budgets (
        tenant_id text NOT NULL,
        workflow_id text PRIMARY KEY REFERENCES workflow.workflows (id) ON DELETE CASCADE,
        max_bytes bigint,
        max_statements integer,
        max_seconds integer,
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      )`.execute(db);
    await isolateTenants(db, 'workflow', 'budgets');
    await sql`ALTER TABLE workflow.statements ADD COLUMN bytes_at_most bigint, ADD COLUMN stats json`.execute(db);
  },
};
