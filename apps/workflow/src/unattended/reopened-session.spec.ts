import type { INestApplicationContext } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { NO_POLICIES } from '@snowflow/contracts/policies/tenant-policies';
import { TenantPoliciesStore } from '@snowflow/platform/policies/tenant-policies-store';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { eventually } from '@snowflow/testing/eventually';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { RunStartService } from '../runs/run-start.service';
import { ScheduleFiring } from '../schedules/schedule-firing';
import { ScheduleStarting } from '../schedules/schedule-starting';
import { SchedulesService } from '../schedules/schedules.service';
import { approval, documentOf, result, table, threeNodes, write } from '../testing/documents';
import { RunPilot } from '../testing/run-pilot';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { fingerprint } from '../workflows/fingerprint';
import { parseDocument } from '../workflows/parse-document';
import { WorkflowsService } from '../workflows/workflows.service';
import { revisionHashOf } from './pinned-revisions.repository';

// Real servers, on machines that do other things too.
jest.setTimeout(60_000);

describe('A scheduled run whose session is over', () => {
  let bench: WorkflowBench;
  let worker: INestApplicationContext;
  let author: Person;
  let finance: Person;
  const owner = { userId: newId('usr'), username: 'KEEPER' };

  beforeAll(async () => {
    bench = await startWorkflowBench();
    author = await bench.signIn();
    finance = await bench.signIn(author.tenantId, { role: 'FINANCE' }, { username: 'FINN' });
    worker = await bench.startWorker();
  }, 60_000);
  afterAll(() => bench?.stop());

  const statement = (text: ReturnType<typeof sql>) => bench.service.get(WorkflowStore).statement(author.tenantId, text);
  const pilot = () => new RunPilot(bench, { tenantId: author.tenantId, userId: owner.userId, id: 'ses_none' });
  const over = () => bench.snowflake.refused.push(new AppError('SNOWFLAKE_SESSION_ENDED', 'Over.'));

  /** The run of an instant, which waits for an approval; its session has closed behind it. */
  async function waiting(name: string, yes = result('yes')): Promise<string> {
    const runId = await scheduled(
      documentOf(
        [table('t', name), approval('ask'), yes, result('no')],
        ['t -> ask', 'ask.approved -> yes', 'ask.rejected -> no'],
      ),
    );
    await pilot().resting(runId);
    return runId;
  }

  /** The run of an instant. */
  async function scheduled(definition: Record<string, unknown>): Promise<string> {
    const { id: workflowId } = await bench.as(author, () => bench.service.get(WorkflowsService).save({ definition }));
    await statement(sql`UPDATE workflow.workflows SET published = 1 WHERE id = ${workflowId}`);
    const right = { id: newId('cred'), workflowId, role: 'ANALYST', warehouse: 'WH' };
    const revisionHash = revisionHashOf(fingerprint(parseDocument(definition)));
    bench.credentials.approve({ ...right, revisionHash }, owner);
    const schedules = bench.service.get(SchedulesService);
    const { id } = await bench.as(author, () =>
      schedules.create({ ...right, credentialId: right.id, cron: '0 7 * * *', catchUp: 'last' }),
    );
    await statement(sql`
      UPDATE workflow.schedule_clock SET due_at = date_trunc('day', now()) - interval '1 day' WHERE schedule_id = ${id}`);
    await worker.get(ScheduleFiring).fireOne();
    await eventually(async () => {
      await bench.service.get(ScheduleStarting).startOne();
      return (await bench.as(author, () => schedules.runs({ id }))).items.some(({ runId }) => runId !== null);
    });
    const { items } = await bench.as(author, () => schedules.runs({ id }));
    return items.find((one) => one.runId !== null)?.runId ?? '';
  }

  it('after it waited signs in again by its credential, and ends without its owner', async () => {
    const runId = await waiting('APPROVED_LATER');
    const before = bench.credentials.opened.length;
    over();
    await pilot().decide(finance, runId, 'ask');
    expect(await pilot().ended(runId)).toMatchObject({ status: 'succeeded', nodes: { yes: { status: 'succeeded' } } });
    expect(bench.credentials.opened).toHaveLength(before + 1);
    await eventually(() => bench.credentials.ended.includes(bench.credentials.opened.at(-1) ?? ''));
  });

  it('before a worker had a place for it signs in again by its credential', async () => {
    await worker.close();
    worker = await bench.startWorker({ concurrency: 1 });
    bench.snowflake.when('THE_ONLY_PLACE', () => undefined);
    await bench.as(author, () =>
      bench.service.get(RunStartService).start({ definition: threeNodes('THE_ONLY_PLACE') }),
    );
    await eventually(() => bench.snowflake.of('THE_ONLY_PLACE').length === 1);
    const runId = await scheduled(threeNodes('LONG_IN_THE_QUEUE'));
    const [first, before] = [bench.credentials.opened.at(-1), bench.credentials.opened.length];
    bench.snowflake.hasEnded = (sessionId) => sessionId === first;
    bench.snowflake.of('THE_ONLY_PLACE').forEach((one) => bench.snowflake.succeed(one));
    expect(await pilot().ended(runId)).toMatchObject({ status: 'succeeded' });
    expect(bench.credentials.opened).toHaveLength(before + 1);
    expect(bench.snowflake.of('LONG_IN_THE_QUEUE')).toHaveLength(1);
  });

  it('while it is asked whether a step is allowed signs in again by its credential', async () => {
    const policies = new TenantPoliciesStore(bench.service.get(REDIS));
    await policies.save(author.tenantId, { ...NO_POLICIES, version: 1, kinds: ['table'] });
    const { admit } = bench.snowflake;
    let goOn: () => void = () => undefined;
    const started = new Promise<void>((resolve) => (goOn = resolve));
    bench.snowflake.admit = async (source) => {
      bench.snowflake.admit = admit;
      expect(source).toMatchObject({ name: 'ASKED_TOO_LATE', context: { role: 'ANALYST', warehouse: 'WH' } });
      await started;
      throw new AppError('SNOWFLAKE_SESSION_ENDED', 'Over.');
    };
    const runId = await scheduled(threeNodes('ASKED_TOO_LATE'));
    const before = bench.credentials.opened.length;
    goOn();
    expect(await pilot().ended(runId)).toMatchObject({ status: 'succeeded' });
    expect(bench.credentials.opened).toHaveLength(before + 1);
    await policies.save(author.tenantId, { ...NO_POLICIES, version: 2 });
  });

  it('waits for its owner where the credential is not approved any more', async () => {
    const runId = await waiting('TAKEN_BACK');
    const before = bench.credentials.opened.length;
    bench.credentials.approved.clear();
    over();
    await pilot().decide(finance, runId, 'ask');
    await eventually(async () => (await pilot().get(runId)).nodes['yes']?.waitsFor === 'session');
    expect(bench.credentials.opened).toHaveLength(before);
  });

  it('waits for its owner where its role may not write for others any more', async () => {
    const runId = await waiting('GUARDED_LATER', write('yes', 'SHARED'));
    const policies = new TenantPoliciesStore(bench.service.get(REDIS));
    await policies.save(author.tenantId, { ...NO_POLICIES, version: 3, guardedRoles: ['ANALYST'] });
    over();
    await pilot().decide(finance, runId, 'ask');
    await eventually(async () => (await pilot().get(runId)).nodes['yes']?.waitsFor === 'session');
    await policies.save(author.tenantId, { ...NO_POLICIES, version: 4 });
  });

  it('signs in no second time at once where Snowflake ends that session too', async () => {
    const runId = await waiting('ENDED_TWICE');
    const before = bench.credentials.opened.length;
    over();
    over();
    await pilot().decide(finance, runId, 'ask');
    await eventually(async () => {
      const [row] = await bench.service.get(WorkflowStore).statement(
        author.tenantId,
        sql<{ soon: boolean }>`
          SELECT leased_until BETWEEN now() + interval '5 s' AND now() + interval '61 s' AS soon
          FROM workflow.run_queue WHERE run_id = ${runId} AND leased_by IS NULL`,
      );
      return row?.soon === true;
    });
    expect(bench.credentials.opened).toHaveLength(before + 1);
  });
});
