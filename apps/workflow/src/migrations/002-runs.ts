import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { sql, type Kysely, type Migration } from 'kysely';

/**
 * Runs, their nodes, events and statements, and the queue of what is to run. Milliseconds, because cursors and views carry times as ISO
 * texts. No foreign keys below a run: they are only ever written beside its row, on the hot path.
 */
export const runs: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      CREATE TABLE workflow.runs (
        tenant_id text NOT NULL,
        id text PRIMARY KEY,
        owner_id text NOT NULL,
        session_id text NOT NULL,
        correlation_id text NOT NULL,
        workflow_id text,
        revision integer,
        status text NOT NULL,
        context json NOT NULL,
        sealed_plan text NOT NULL,
        last_seq integer NOT NULL,
        fence integer NOT NULL DEFAULT 0,
        error json,
        sealed_error text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        started_at timestamptz(3),
        finished_at timestamptz(3)
      )`.execute(db);
    await sql`CREATE INDEX runs_of_owner ON workflow.runs (tenant_id, owner_id, created_at DESC, id DESC)`.execute(db);
    await sql`CREATE INDEX runs_of_workflow ON workflow.runs (workflow_id, created_at DESC) WHERE workflow_id IS NOT NULL`.execute(
      db,
    );
    await sql`
      CREATE TABLE workflow.run_nodes (
        tenant_id text NOT NULL,
        run_id text NOT NULL,
        node_id text NOT NULL,
        step text,
        status text NOT NULL,
        started_at timestamptz(3),
        finished_at timestamptz(3),
        row_count bigint,
        query_id text,
        attempts integer NOT NULL DEFAULT 0,
        error json,
        sealed_error text,
        PRIMARY KEY (run_id, node_id)
      )`.execute(db);
    await sql`
      CREATE TABLE workflow.run_events (
        tenant_id text NOT NULL,
        run_id text NOT NULL,
        seq integer NOT NULL,
        type text NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT now(),
        node_id text,
        node json,
        PRIMARY KEY (run_id, seq)
      )`.execute(db);
    await sql`
      CREATE TABLE workflow.statements (
        tenant_id text NOT NULL,
        run_id text NOT NULL,
        step text NOT NULL,
        request_id text NOT NULL,
        effect_key text NOT NULL,
        query_id text,
        state text NOT NULL,
        outcome json,
        sent_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (run_id, request_id)
      )`.execute(db);
    for (const table of ['runs', 'run_nodes', 'run_events', 'statements']) await isolateTenants(db, 'workflow', table);
    // No row-level security: a sweeper serves all tenants, and nothing but ids and times is in it.
    await sql`
      CREATE TABLE workflow.run_queue (
        run_id text PRIMARY KEY,
        tenant_id text NOT NULL,
        fence integer NOT NULL DEFAULT 0,
        leased_by text,
        leased_until timestamptz(3) NOT NULL DEFAULT '-infinity',
        woken_at timestamptz(3) NOT NULL DEFAULT now(),
        cancel_requested boolean NOT NULL DEFAULT false
      ) WITH (fillfactor = 50)`.execute(db);
  },
};
