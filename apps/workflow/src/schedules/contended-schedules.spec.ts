import type { INestApplicationContext } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import { eventually } from '@snowflow/testing/eventually';
import { sql } from 'kysely';
import { Client } from 'pg';
import { WorkflowStore } from '../database/workflow-store';
import { documentOf, result, table } from '../testing/documents';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { revisionHashOf } from '../unattended/pinned-revisions.repository';
import { fingerprint } from '../workflows/fingerprint';
import { parseDocument } from '../workflows/parse-document';
import { WorkflowsService } from '../workflows/workflows.service';
import { ScheduleFiring } from './schedule-firing';
import { ScheduleRights } from './schedule-rights';
import { ScheduleStarting } from './schedule-starting';
import { SchedulesService } from './schedules.service';

// Real servers, on machines that do other things too.
jest.setTimeout(60_000);

describe('Schedules that several are at', () => {
  let bench: WorkflowBench;
  let worker: INestApplicationContext;
  let service: SchedulesService;
  let author: Person;
  let owner: Client;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    service = bench.service.get(SchedulesService);
    author = await bench.signIn();
    worker = await bench.startWorker();
    owner = new Client({ connectionString: bench.databaseUrl });
    await owner.connect();
  }, 60_000);
  afterAll(async () => {
    await owner?.end();
    await bench?.stop();
  });

  const statement = (text: ReturnType<typeof sql>) => bench.service.get(WorkflowStore).statement(author.tenantId, text);
  const create = async () => {
    const definition = documentOf([table('quick'), result('end')], ['quick -> end']);
    const { id } = await bench.as(author, () => bench.service.get(WorkflowsService).save({ definition }));
    await statement(sql`UPDATE workflow.workflows SET published = 1 WHERE id = ${id}`);
    const right = { id: newId('cred'), workflowId: id, role: 'ANALYST', warehouse: 'WH' };
    const revisionHash = revisionHashOf(fingerprint(parseDocument(definition)));
    bench.credentials.approve({ ...right, revisionHash }, { userId: newId('usr'), username: 'KEEPER' });
    const timed = { cron: '0 7 * * *', catchUp: 'last' as const };
    const request = { workflowId: id, credentialId: right.id, role: 'ANALYST', warehouse: 'WH', ...timed };
    return bench.as(author, () => service.create(request));
  };
  const isDue = (id: string) =>
    statement(
      sql`UPDATE workflow.schedule_clock SET due_at = date_trunc('day', now()) - interval '1 day' WHERE schedule_id = ${id}`,
    );
  const change = (id: string, body: { name?: string; enabled?: boolean; cron?: string }) =>
    bench.as(author, () => service.change({ id, ...body }));
  const runs = async (id: string) => (await bench.as(author, () => service.runs({ id }))).items;

  it('keep an instant that is due and not seen to yet when their name is changed', async () => {
    const { id } = await create();
    await isDue(id);
    await change(id, { name: 'Renamed' });
    await worker.get(ScheduleFiring).fireOne();
    await eventually(async () => (await runs(id)).length > 0);
  });

  it('stay paused where a change was thought of before they paused', async () => {
    const { id } = await create();
    const check = jest.spyOn(bench.service.get(ScheduleRights), 'check').mockImplementationOnce(async () => {
      await change(id, { enabled: false });
    });
    await expect(change(id, { name: 'Renamed' })).rejects.toMatchObject({ code: 'REVISION_CONFLICT' });
    check.mockRestore();
    expect(await bench.as(author, () => service.get(id))).toMatchObject({ enabled: false, pausedCode: 'BY_HAND' });
  });

  it('wait for who changes one of them and holds nothing that is waited for', async () => {
    const { id } = await create();
    bench.credentials.approved.clear();
    await bench.as(author, () => service.runNow(id));
    await owner.query('BEGIN');
    await owner.query(`SELECT set_config('app.tenant_id', $1, true)`, [author.tenantId]);
    await owner.query('SELECT FROM workflow.schedule_clock WHERE schedule_id = $1 FOR UPDATE', [id]);
    const starting = bench.service.get(ScheduleStarting).startOne();
    const watcher = new Client({ connectionString: bench.databaseUrl });
    await watcher.connect();
    await eventually(async () => {
      const waiting = await watcher.query(`SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'`);
      return waiting.rows.length > 0;
    });
    await watcher.end();
    await owner.query(`SET LOCAL lock_timeout = '200ms'`);
    const changed = await owner.query(`UPDATE workflow.schedules SET name = 'Mine' WHERE id = $1`, [id]);
    expect(changed.rowCount).toBe(1);
    await owner.query('COMMIT');
    await starting;
    await eventually(async () => (await runs(id))[0]?.state === 'refused');
    expect(await runs(id)).toMatchObject([{ code: 'CREDENTIAL_UNUSABLE' }]);
    expect(await bench.as(author, () => service.get(id))).toMatchObject({ enabled: false, name: 'Mine' });
  });

  it('are seen to although the instants of one of them can not be written', async () => {
    const [broken, whole] = [await create(), await create()];
    await owner.query(
      `ALTER TABLE workflow.schedule_instants ADD CONSTRAINT none CHECK (schedule_id <> '${broken.id}')`,
    );
    for (const { id } of [broken, whole]) await isDue(id);
    await statement(
      sql`UPDATE workflow.schedule_clock SET due_at = due_at - interval '1 day' WHERE schedule_id = ${broken.id}`,
    );
    await eventually(async () => (await runs(whole.id)).length > 0);
    expect(await runs(broken.id)).toEqual([]);
    await owner.query('ALTER TABLE workflow.schedule_instants DROP CONSTRAINT none');
  });
});
