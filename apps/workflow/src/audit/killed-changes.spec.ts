import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildRoot, childEnv } from '@snowflow/testing/env';
import { eventually } from '@snowflow/testing/eventually';
import { Client } from 'pg';
import { threeNodes } from '../testing/documents';
import type { SaverLife } from '../testing/mortal-saver';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';
import { AuditService } from './audit.service';

// Real servers and processes, on machines that do other things too.
jest.setTimeout(120_000);

const KILLS = 2;
const CHANGES_EACH = 20;

describe('Changes of a process that is killed', () => {
  let bench: WorkflowBench;
  let person: Person;
  let owner: Client;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    person = await bench.signIn(undefined, {}, { appRole: 'owner' });
    owner = new Client({ connectionString: bench.databaseUrl });
    await owner.connect();
  }, 60_000);
  afterAll(async () => {
    await owner?.end();
    await bench?.stop();
  });

  const textsOf = async (statement: string) =>
    (await owner.query<{ text: string }>(statement)).rows.map(({ text }) => text);
  const saved = () =>
    textsOf(`SELECT workflow_id || '/' || revision AS text FROM workflow.revisions ORDER BY workflow_id, revision`);
  const recorded = () =>
    textsOf(`SELECT object_id || '/' || (after::json ->> 'revision') AS text FROM workflow.audit_entries
             WHERE action = 'workflow.saved' ORDER BY object_id, (after::json ->> 'revision')::int`);
  const verified = () => bench.as(person, () => bench.service.get(AuditService).verify({}));
  const saver = async () => {
    const { databaseUrl, redisUrl, sealingKeys } = bench;
    const child = fork(join(buildRoot(), 'apps/workflow/src/testing/mortal-saver.js'), {
      env: childEnv(),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const life: SaverLife = { databaseUrl, redisUrl, sealingKeys, person };
    child.send(life);
    await once(child, 'message');
    return child;
  };

  it('have each its entry, and each entry its change, wherever kill -9 hit it', async () => {
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const child = await saver();
      const before = (await saved()).length;
      await eventually(async () => (await saved()).length >= before + CHANGES_EACH);
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    // What the killed processes had under way, Postgres rolls back by itself.
    const underWay = () =>
      textsOf(`SELECT pid::text AS text FROM pg_stat_activity WHERE application_name = 'mortal-saver'`);
    await eventually(async () => (await underWay()).length === 0);
    const changes = await saved();
    expect(changes.length).toBeGreaterThanOrEqual(KILLS * CHANGES_EACH);
    expect(await recorded()).toEqual(changes);
    expect(await verified()).toMatchObject({ seq: changes.length, broken: null });
  });

  it('are kept with their entry or not at all where Postgres ends a transaction between the two', async () => {
    const before = await saved();
    const entriesBefore = (await verified()).seq;
    // Whoever holds the head lets the save come as far as its entry, and no further.
    const holder = new Client({ connectionString: bench.databaseUrl });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM workflow.audit_heads WHERE tenant_id = $1 FOR UPDATE', [person.tenantId]);
    const save = bench.as(person, () => bench.service.get(WorkflowsService).save({ definition: threeNodes() }));
    const failure = save.then(
      () => undefined,
      (error: unknown) => error,
    );
    const waiting = `pid <> pg_backend_pid() AND wait_event_type = 'Lock' AND query LIKE '%audit_heads%'`;
    await eventually(
      async () => (await textsOf(`SELECT pid::text AS text FROM pg_stat_activity WHERE ${waiting}`)).length === 1,
    );
    await owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${waiting}`);
    expect(await failure).toBeInstanceOf(Error);
    await holder.query('ROLLBACK');
    await holder.end();
    expect(await saved()).toEqual(before);
    expect(await verified()).toMatchObject({ seq: entriesBefore, broken: null });
  });
});
