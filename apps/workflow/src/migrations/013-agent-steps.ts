import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { sql, type Kysely, type Migration } from 'kysely';

/** What agents of a run did, call by call: their trace, and what a worker goes on from that takes one up. And what was said in their threads. */
export const agentSteps: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      CREATE TABLE workflow.agent_steps (
        tenant_id text NOT NULL,
        run_id text NOT NULL,
        step text NOT NULL,
        place text NOT NULL,
        seq integer NOT NULL,
        kind text NOT NULL,
        name text NOT NULL,
        state text NOT NULL,
        reads boolean NOT NULL,
        started_at timestamptz(3) NOT NULL,
        ended_at timestamptz(3),
        input_tokens integer,
        output_tokens integer,
        sealed_detail text NOT NULL,
        PRIMARY KEY (run_id, step, place)
      )`.execute(db);
    await sql`
      CREATE TABLE workflow.agent_turns (
        tenant_id text NOT NULL,
        run_id text NOT NULL,
        step text NOT NULL,
        thread_key text NOT NULL,
        sealed_turn text NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (run_id, step)
      )`.execute(db);
    await sql`CREATE INDEX agent_turns_of_thread ON workflow.agent_turns (tenant_id, thread_key, at)`.execute(db);
    for (const table of ['agent_steps', 'agent_turns']) await isolateTenants(db, 'workflow', table);
  },
};
