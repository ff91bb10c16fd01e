import { REDIS } from '@snowflow/platform/redis/redis.module';
import { TenantLimitsStore } from '@snowflow/platform/sessions/tenant-limits-store';
import { eventually } from '@snowflow/testing/eventually';
import type { Redis } from 'ioredis';
import { RunStartService } from '../runs/run-start.service';
import { RunsService } from '../runs/runs.service';
import { threeNodes } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';

// Real servers, on machines that do other things too.
jest.setTimeout(30_000);

const NEVER_MS = 3_600_000;

describe('The places of runs', () => {
  let bench: WorkflowBench;
  let runs: RunsService;

  beforeAll(async () => {
    bench = await startWorkflowBench({ perTenant: 3, perWorkflow: 2, perWarehouse: 2 });
    runs = bench.service.get(RunsService);
    bench.snowflake.when('HELD', () => undefined);
    for (const name of ['one', 'two']) await bench.startWorker({ name, sweepEveryMs: NEVER_MS });
  }, 60_000);
  afterAll(() => bench?.stop());

  const start = async (person: Person, table = 'HELD') =>
    (await bench.as(person, () => bench.service.get(RunStartService).start({ definition: threeNodes(table) }))).runId;
  const see = (person: Person, id: string) => bench.as(person, () => runs.get(id));
  const running = (person: Person, ...ids: string[]) =>
    eventually(async () => {
      for (const id of ids) expect(await see(person, id)).toMatchObject({ status: 'running', waitingFor: null });
    });
  const end = (runId: string) => {
    for (const held of bench.snowflake.submitted) if (held.runId === runId) bench.snowflake.succeed(held);
  };
  let saved = 0;
  const limit = (person: Person, limits: object) =>
    new TenantLimitsStore(bench.service.get<Redis>(REDIS)).save(person.tenantId, ++saved, limits);

  it('are taken on one warehouse, and who waits is told for what', async () => {
    const person = await bench.signIn();
    const elsewhere = await bench.signIn(person.tenantId, { warehouse: 'OTHER' }, { userId: person.userId });
    const first = await start(person);
    const second = await start(person);
    await running(person, first, second);
    const third = await start(person);
    expect(await see(person, third)).toMatchObject({ status: 'queued', waitingFor: 'warehouse' });
    const other = await start(elsewhere);
    await running(elsewhere, other);
    const fifth = await start(elsewhere);
    expect(await see(elsewhere, fifth)).toMatchObject({ status: 'queued', waitingFor: 'tenant' });
    const { items } = await bench.as(person, () => runs.list({}));
    expect(items.map(({ waitingFor }) => waitingFor)).toEqual(['tenant', null, 'tenant', null, null]);

    // A place that becomes free goes to the one that waits for it; nobody sweeps here.
    end(first);
    await running(person, third);
    for (const id of [second, third, other]) end(id);
    await running(elsewhere, fifth);
    end(fifth);
    await bench.ended(elsewhere, fifth);
  });

  it('are taken of one workflow, and of none by a definition that was not saved', async () => {
    const person = await bench.signIn();
    const elsewhere = await bench.signIn(person.tenantId, { warehouse: 'OTHER' }, { userId: person.userId });
    const { id: workflowId } = await bench.as(person, () =>
      bench.service.get(WorkflowsService).save({ definition: threeNodes('HELD') }),
    );
    const startSaved = async (who: Person) =>
      (await bench.as(who, () => bench.service.get(RunStartService).start({ workflowId }))).runId;
    const first = await startSaved(person);
    const second = await startSaved(elsewhere);
    await running(person, first, second);
    const third = await startSaved(elsewhere);
    expect(await see(person, third)).toMatchObject({ status: 'queued', waitingFor: 'workflow' });
    const inline = await start(person);
    await running(person, inline);
    for (const id of [first, second, inline]) end(id);
    await running(person, third);
    end(third);
    await bench.ended(person, third);
  });

  it('are those that the tenant decided, for runs that wait already too', async () => {
    const person = await bench.signIn();
    await limit(person, { runsPerTenant: 1 });
    const first = await start(person);
    await running(person, first);
    const second = await start(person);
    expect(await see(person, second)).toMatchObject({ status: 'queued', waitingFor: 'tenant' });
    await bench.startWorker({ name: 'who sweeps' });
    await limit(person, { runsPerTenant: 2 });
    await eventually(async () => expect(await see(person, second)).toMatchObject({ status: 'running' }), 20_000);
    end(first);
    end(second);
    await bench.ended(person, second);
  });

  it('of one tenant are no concern of another: its run starts although the first has hundreds waiting', async () => {
    const flood = await bench.signIn();
    const other = await bench.signIn();
    const flooding = await Promise.all(Array.from({ length: 60 }, () => start(flood)));
    const mine = await start(other, 'QUICK');
    expect(await bench.ended(other, mine)).toMatchObject({ status: 'succeeded' });
    const statuses = await Promise.all(flooding.map(async (id) => (await see(flood, id)).status));
    expect(statuses.filter((status) => status === 'running')).toHaveLength(2);
    await Promise.all(flooding.map((id) => bench.as(flood, () => runs.cancel(id))));
    for (const id of flooding) expect(await bench.ended(flood, id)).toMatchObject({ status: 'cancelled' });
  });
});
