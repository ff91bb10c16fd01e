import { newId } from '@snowflow/contracts/documents/new-id';
import { startPostgres } from '@snowflow/testing/ephemeral-postgres';
import { Pool } from 'pg';
import { openStore, type WorkflowStore } from '../../database/workflow-store';
import { timetableOf } from '../timetable/timing';

/** Schedules in a real Postgres, and a table that keeps which runs were started by which key. */
export interface ScheduleScene {
  url: string;
  store: WorkflowStore;
  owner: Pool;
  /** Answers the schedule's id. Its clock shows its first instant after `from`. */
  add(timing: { cron?: string; every?: string; timezone: string }, from: number): Promise<string>;
  /** Every instant that stands there, with how it is and which run it has. */
  instants(): Promise<{ schedule_id: string; at: number; state: string; run_id: string | null }[]>;
  /** What is to be done and when it may be taken. */
  left(): Promise<number>;
  started(): Promise<Map<string, string>>;
  stop(): Promise<void>;
}

export async function startScheduleScene(): Promise<ScheduleScene> {
  const postgres = await startPostgres();
  const store = await openStore({ url: postgres.url, applicationName: 'scene', poolSize: 2 });
  const owner = new Pool({ connectionString: postgres.url, max: 2 });
  owner.on('error', () => undefined);
  const [tenantId, workflowId] = [newId('ten'), newId('wf')];
  await owner.query(`CREATE SCHEMA spec`);
  await owner.query(
    `CREATE TABLE spec.started (key text PRIMARY KEY, run_id text DEFAULT gen_random_uuid()::text, times integer DEFAULT 1)`,
  );
  await owner.query('GRANT USAGE ON SCHEMA spec TO snowflow_app');
  await owner.query('GRANT ALL ON spec.started TO snowflow_app');
  await store.transaction(tenantId, (db) =>
    db
      .insertInto('workflow.workflows')
      .values({
        tenant_id: tenantId,
        id: workflowId,
        owner_id: 'usr',
        owner_name: 'SOMEBODY',
        name: 'Ledger',
        revision: 1,
        published: 1,
        definition_hash: '',
        node_count: 0,
      })
      .execute(),
  );
  return {
    url: postgres.url,
    store,
    owner,
    async add({ cron = null, every = null, timezone }, from) {
      const id = newId('sch');
      const next = timetableOf({ cron, every, timezone, start: from }).after(from) ?? from;
      await store.transaction(tenantId, async (db) => {
        await db
          .insertInto('workflow.schedules')
          .values({
            tenant_id: tenantId,
            id,
            owner_id: 'usr',
            owner_name: 'SOMEBODY',
            workflow_id: workflowId,
            name: 'Nightly',
            cron,
            every,
            timezone,
            starts_at: new Date(from),
            revision: null,
            credential_id: 'cred',
            role: 'ANALYST',
            warehouse: null,
            sealed_parameters: '{}',
            catch_up: 'all',
            catch_up_most: 100,
            overlap: 'queue',
            pause_after: 5,
            notify: '[]',
            enabled: true,
            paused_code: null,
            paused_reason: null,
            paused_at: null,
          })
          .execute();
        await db
          .insertInto('workflow.schedule_clock')
          .values({ schedule_id: id, tenant_id: tenantId, due_at: new Date(next) })
          .execute();
      });
      return id;
    },
    async instants() {
      const { rows } = await owner.query<{ schedule_id: string; instant: Date; state: string; run_id: string | null }>(
        'SELECT schedule_id, instant, state, run_id FROM workflow.schedule_instants ORDER BY schedule_id, instant',
      );
      return rows.map(({ instant, ...row }) => ({ ...row, at: instant.getTime() }));
    },
    async left() {
      const { rows } = await owner.query(`SELECT FROM workflow.schedule_work WHERE kind = 'start'`);
      return rows.length;
    },
    async started() {
      const { rows } = await owner.query<{ key: string; run_id: string }>('SELECT key, run_id FROM spec.started');
      return new Map(rows.map(({ key, run_id }) => [key, run_id]));
    },
    async stop() {
      await store.onApplicationShutdown();
      await owner.end();
      await postgres.stop();
    },
  };
}
