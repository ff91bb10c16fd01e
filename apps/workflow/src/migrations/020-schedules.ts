import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { sql, type Kysely, type Migration } from 'kysely';

/**
 * What runs by the clock. An instant of a schedule is a row that there can be once. Which schedule is due next, and what is to be done
 * about which instant, stands in two tables of ids and times that are no tenant's, so that any scheduler finds the work of all.
 */
export const schedules: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      CREATE TABLE workflow.schedules (
        tenant_id text NOT NULL,
        id text PRIMARY KEY,
        owner_id text NOT NULL,
        owner_name text NOT NULL,
        workflow_id text NOT NULL REFERENCES workflow.workflows (id) ON DELETE CASCADE,
        name text NOT NULL,
        cron text,
        every text,
        timezone text NOT NULL,
        starts_at timestamptz(3) NOT NULL,
        revision integer,
        credential_id text NOT NULL,
        role text NOT NULL,
        warehouse text,
        sealed_parameters text NOT NULL,
        catch_up text NOT NULL CHECK (catch_up IN ('skip', 'last', 'all')),
        catch_up_most integer NOT NULL,
        overlap text NOT NULL CHECK (overlap IN ('skip', 'queue', 'cancel')),
        pause_after integer NOT NULL,
        notify json NOT NULL,
        enabled boolean NOT NULL,
        failures integer NOT NULL DEFAULT 0,
        paused_code text,
        paused_reason text,
        paused_at timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CHECK ((cron IS NULL) <> (every IS NULL))
      )`.execute(db);
    await sql`CREATE INDEX schedules_of_tenant ON workflow.schedules (tenant_id, created_at DESC, id DESC)`.execute(db);
    await sql`CREATE INDEX schedules_of_workflow ON workflow.schedules (workflow_id)`.execute(db);
    await sql`
      CREATE TABLE workflow.schedule_instants (
        tenant_id text NOT NULL,
        schedule_id text NOT NULL REFERENCES workflow.schedules (id) ON DELETE CASCADE,
        instant timestamptz(3) NOT NULL,
        asked_by text,
        state text NOT NULL CHECK (state IN ('due', 'started', 'skipped', 'refused')),
        revision integer,
        credential_id text NOT NULL,
        role text NOT NULL,
        warehouse text,
        sealed_parameters text,
        ordered_at timestamptz(3),
        run_id text,
        outcome text,
        code text,
        reason text,
        PRIMARY KEY (schedule_id, instant)
      )`.execute(db);
    await sql`CREATE INDEX schedule_instants_runs ON workflow.schedule_instants (run_id)`.execute(db);
    for (const table of ['schedules', 'schedule_instants']) await isolateTenants(db, 'workflow', table);

    await sql`
      CREATE TABLE workflow.schedule_clock (
        schedule_id text PRIMARY KEY REFERENCES workflow.schedules (id) ON DELETE CASCADE,
        tenant_id text NOT NULL,
        due_at timestamptz(3) NOT NULL
      )`.execute(db);
    await sql`CREATE INDEX schedule_clock_due ON workflow.schedule_clock (due_at)`.execute(db);
    await sql`
      CREATE TABLE workflow.schedule_work (
        schedule_id text NOT NULL REFERENCES workflow.schedules (id) ON DELETE CASCADE,
        instant timestamptz(3) NOT NULL,
        kind text NOT NULL CHECK (kind IN ('start', 'follow', 'notice')),
        tenant_id text NOT NULL,
        at timestamptz(3) NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        PRIMARY KEY (schedule_id, kind, instant)
      )`.execute(db);
    await sql`CREATE INDEX schedule_work_due ON workflow.schedule_work (kind, at)`.execute(db);
  },
};
