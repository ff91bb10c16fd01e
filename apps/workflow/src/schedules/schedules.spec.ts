import type { INestApplicationContext } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import type { CreateScheduleRequest, ScheduleRunView } from '@snowflow/contracts/workflow/schedules.dto';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { documentOf, result, table } from '../testing/documents';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { revisionHashOf } from '../unattended/pinned-revisions.repository';
import { fingerprint } from '../workflows/fingerprint';
import { parseDocument } from '../workflows/parse-document';
import { WorkflowsService } from '../workflows/workflows.service';
import { ScheduleFiring } from './schedule-firing';
import { ScheduleFollowing } from './schedule-following';
import { ScheduleStarting } from './schedule-starting';
import { SchedulesService } from './schedules.service';

// Real servers, on machines that do other things too.
jest.setTimeout(60_000);

describe('Schedules', () => {
  let bench: WorkflowBench;
  let worker: INestApplicationContext;
  let service: SchedulesService;
  let author: Person;
  const owner = { userId: newId('usr'), username: 'KEEPER' };

  beforeAll(async () => {
    bench = await startWorkflowBench();
    service = bench.service.get(SchedulesService);
    author = await bench.signIn();
    worker = await bench.startWorker();
    bench.snowflake.when('ENDLESS', () => undefined);
  }, 60_000);
  afterAll(() => bench?.stop());

  const statement = (text: ReturnType<typeof sql>) => bench.service.get(WorkflowStore).statement(author.tenantId, text);

  /** A published workflow with a credential that may run it. */
  async function published(source = 'quick') {
    const definition = documentOf([table(source), result('end')], [`${source} -> end`]);
    const { id } = await bench.as(author, () => bench.service.get(WorkflowsService).save({ definition }));
    await statement(sql`UPDATE workflow.workflows SET published = 1 WHERE id = ${id}`);
    const right = { id: newId('cred'), workflowId: id, role: 'ANALYST', warehouse: 'WH' };
    bench.credentials.approve(
      { ...right, revisionHash: revisionHashOf(fingerprint(parseDocument(definition))) },
      owner,
    );
    return { workflowId: id, credentialId: right.id, role: 'ANALYST', warehouse: 'WH', cron: '0 7 * * *' };
  }
  const create = async (more: Partial<CreateScheduleRequest> = {}, source = 'quick') => {
    const request = { ...(await published(source)), ...more };
    return bench.as(author, () => service.create(request));
  };
  /** As if the time of its next instant had come. */
  async function comes(id: string): Promise<void> {
    await statement(sql`
      UPDATE workflow.schedule_clock SET due_at = date_trunc('day', now()) - interval '1 day' WHERE schedule_id = ${id}`);
    await worker.get(ScheduleFiring).fireOne();
  }
  async function until(id: string, isSo: (newest: ScheduleRunView) => boolean): Promise<ScheduleRunView> {
    for (const giveUpAt = Date.now() + 30_000; ;) {
      await bench.service.get(ScheduleStarting).startOne();
      await worker.get(ScheduleFollowing).followOne();
      const [newest] = (await bench.as(author, () => service.runs({ id }))).items;
      if (newest && isSo(newest)) return newest;
      if (Date.now() > giveUpAt) throw new Error(`It is still ${JSON.stringify(newest)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('run their instant as the credential, once, and say what became of it', async () => {
    const { id, nextTimes } = await create({ catchUp: 'last' });
    expect(nextTimes).toHaveLength(5);
    await comes(id);
    const newest = await until(id, ({ outcome }) => outcome !== null);
    expect(newest).toMatchObject({ state: 'started', outcome: 'succeeded', revision: 1, runId: expect.any(String) });
    await comes(id);
    const instants = (await bench.as(author, () => service.runs({ id }))).items.map(({ instant }) => instant);
    expect(new Set(instants).size).toBe(instants.length);
  });

  it('leave out what was missed where they do not catch up', async () => {
    // Far from now: of an hour that has just begun its instant is not missed.
    const { id } = await create({ catchUp: 'skip', cron: `0 ${(new Date().getUTCHours() + 12) % 24} * * *` });
    await comes(id);
    const newest = await until(id, () => true);
    expect(newest).toMatchObject({ state: 'skipped', code: 'MISSED', runId: null });
  });

  it('skip an instant while the run before goes on, or cancel that run', async () => {
    const { id } = await create({}, 'endless');
    const first = await bench.as(author, () => service.runNow(id));
    await until(id, ({ state }) => state === 'started');
    await bench.as(author, () => service.runNow(id));
    expect(await until(id, ({ instant, state }) => instant !== first.instant && state !== 'due')).toMatchObject({
      state: 'skipped',
      code: 'OVERLAP',
    });
    await bench.as(author, () => service.change({ id, overlap: 'cancel' }));
    await bench.as(author, () => service.runNow(id));
    await until(id, ({ state }) => state === 'started');
    for (const { runId } of (await bench.as(author, () => service.runs({ id }))).items.slice(-1)) {
      const person = { tenantId: author.tenantId, userId: owner.userId, id: 'ses_none' };
      expect(await bench.ended(person, runId ?? '')).toMatchObject({ status: 'cancelled' });
    }
  });

  it('pause when the credential may not be used, and begin anew when resumed', async () => {
    const { id } = await create();
    bench.credentials.approved.clear();
    await comes(id);
    await until(id, ({ state }) => state === 'refused');
    const paused = await bench.as(author, () => service.get(id));
    expect(paused).toMatchObject({ enabled: false, pausedCode: 'CREDENTIAL_UNUSABLE', nextTimes: [] });
    await expect(bench.as(author, () => service.change({ id, enabled: true }))).rejects.toMatchObject({
      details: { errors: [{ path: 'credentialId' }] },
    });
  });

  it('pause after so many failures in a row', async () => {
    bench.snowflake.when('BROKEN', () => {
      throw new Error('broken');
    });
    const { id } = await create({ pauseAfter: 1 }, 'broken');
    await bench.as(author, () => service.runNow(id));
    expect(await until(id, ({ outcome }) => outcome !== null)).toMatchObject({ outcome: 'failed' });
    expect(await bench.as(author, () => service.get(id))).toMatchObject({ enabled: false, pausedCode: 'FAILURES' });
  });

  it('pause when the workflow is not published any more', async () => {
    const { id, workflowId } = await create();
    await statement(sql`UPDATE workflow.workflows SET published = NULL WHERE id = ${workflowId}`);
    await comes(id);
    expect(await bench.as(author, () => service.get(id))).toMatchObject({ enabled: false, pausedCode: 'UNPUBLISHED' });
  });

  it('are refused where something is not right, with its field named', async () => {
    const right = await published();
    const refused = async (change: Partial<CreateScheduleRequest>, path: string) =>
      expect(bench.as(author, () => service.create({ ...right, ...change }))).rejects.toMatchObject({
        code: 'VALIDATION',
        details: { errors: [expect.objectContaining({ path })] },
      });
    await refused({ cron: '0 0 31 2 *' }, 'cron');
    await refused({ timezone: 'Mars/Olympus' }, 'timezone');
    await refused({ role: 'SYSADMIN' }, 'credentialId');
    await refused({ revision: 7 }, 'revision');
    await refused({ parameters: { extra: 1 } }, 'parameters.extra');
    await refused({ notify: ['nobody'] }, 'notify.0');
  });

  it("are nobody else's, and may be paused and removed by admins", async () => {
    const { id } = await create();
    const colleague = await bench.signIn(author.tenantId, {}, { appRole: 'builder' });
    const admin = await bench.signIn(author.tenantId, {}, { appRole: 'admin' });
    const stranger = await bench.signIn(undefined, {}, { appRole: 'owner' });
    for (const person of [colleague, stranger]) {
      const acts: (() => Promise<unknown>)[] = [
        () => service.get(id),
        () => service.remove(id),
        () => service.change({ id, enabled: false }),
      ];
      for (const act of acts) {
        await expect(bench.as(person, act)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      }
    }
    const shown = await bench.as(admin, () => service.listOfTenant({}));
    expect(shown.items.map((one) => one.id)).toContain(id);
    await expect(bench.as(colleague, () => service.listOfTenant({}))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(bench.as(admin, () => service.change({ id, cron: '1 1 1 1 *' }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await bench.as(admin, () => service.change({ id, enabled: false }))).toMatchObject({ enabled: false });
    await bench.as(admin, () => service.remove(id));
    const audit = await statement(sql`SELECT action FROM workflow.audit_entries WHERE object_id = ${id} ORDER BY seq`);
    expect(audit).toEqual(['schedule.created', 'schedule.paused', 'schedule.removed'].map((action) => ({ action })));
  });
});
