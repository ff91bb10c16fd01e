import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { sql, type Kysely, type Migration } from 'kysely';

/**
 * What each step of a run came to, sealed, written with the run's other changes: whoever takes the run up later goes on behind it. It
 * replaces LangGraph's checkpoints. And what steps wait for, with what was decided.
 */
export const stepOutcomes: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`DROP SCHEMA IF EXISTS workflow_checkpoints CASCADE`.execute(db);
    await sql`
      CREATE TABLE workflow.step_outcomes (
        tenant_id text NOT NULL,
        run_id text NOT NULL,
        step text NOT NULL,
        state text NOT NULL,
        sealed_outcome text NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (run_id, step)
      )`.execute(db);
    await sql`
      CREATE TABLE workflow.waits (
        tenant_id text NOT NULL,
        run_id text NOT NULL,
        step text NOT NULL,
        wait_for text NOT NULL,
        until timestamptz(3),
        sealed_detail text,
        began_at timestamptz(3) NOT NULL DEFAULT now(),
        decision text,
        decided_by text,
        decided_at timestamptz(3),
        sealed_decision text,
        PRIMARY KEY (run_id, step)
      )`.execute(db);
    await sql`CREATE INDEX waits_open ON workflow.waits (tenant_id, wait_for) WHERE decided_at IS NULL`.execute(db);
    for (const table of ['step_outcomes', 'waits']) await isolateTenants(db, 'workflow', table);
    await sql`ALTER TABLE workflow.runs ADD COLUMN based_on text`.execute(db);
    await sql`ALTER TABLE workflow.run_queue ADD COLUMN nudged boolean NOT NULL DEFAULT false`.execute(db);
  },
};
