import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { sql, type Kysely, type Migration } from 'kysely';

/** What runs asked of models, in numbers, and how much a run may. */
export const modelCalls: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      CREATE TABLE workflow.model_calls (
        tenant_id text NOT NULL,
        run_id text NOT NULL,
        id text NOT NULL,
        step text NOT NULL,
        model text NOT NULL,
        tokens integer NOT NULL,
        ended boolean NOT NULL DEFAULT false,
        at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (run_id, id)
      )`.execute(db);
    await isolateTenants(db, 'workflow', 'model_calls');
    await sql`ALTER TABLE workflow.budgets ADD COLUMN max_tokens integer`.execute(db);
  },
};
