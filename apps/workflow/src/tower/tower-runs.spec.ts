import { newId } from '@snowflow/contracts/documents/new-id';
import type { TowerRunsQuery } from '@snowflow/contracts/workflow/tower.dto';
import { eventually } from '@snowflow/testing/eventually';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { ApprovalsService } from '../runs/approvals.service';
import { RunsService } from '../runs/runs.service';
import { RunStartService } from '../runs/run-start.service';
import { approval, documentOf, result, table, threeNodes } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { TowerApprovalsService } from './tower-approvals.service';
import { TowerRunsService } from './tower-runs.service';

jest.setTimeout(30_000);

describe("Everybody's runs", () => {
  let bench: WorkflowBench;
  let tower: TowerRunsService;
  let tenantId: string;
  let admin: Person;
  let builder: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    tower = bench.service.get(TowerRunsService);
    await bench.startWorker();
    bench.snowflake.when('ENDLESS', () => undefined);
    bench.snowflake.when('BROKEN', (statement) => bench.snowflake.fail(statement, 'CANARY-message'));
  });
  afterAll(() => bench?.stop());
  beforeEach(async () => {
    tenantId = newId('ten');
    admin = await bench.signIn(tenantId, {}, { appRole: 'admin', username: 'ADA' });
    builder = await bench.signIn(tenantId, { warehouse: 'BIG' }, { username: 'BEN' });
  });

  const start = async (person: Person, definition: Record<string, unknown>) =>
    (await bench.as(person, () => bench.service.get(RunStartService).start({ definition }))).runId;
  const list = (query: TowerRunsQuery = {}, person = admin) => bench.as(person, () => tower.list(query));
  const cancel = (id: string, person = admin) => bench.as(person, () => tower.cancel(id));
  const statusOf = async (person: Person, id: string) =>
    (await bench.as(person, () => bench.service.get(RunsService).get(id))).status;
  const recorded = () =>
    bench.service
      .get(WorkflowStore)
      .statement(
        tenantId,
        sql`SELECT action, actor_name, object_id, object_name, before FROM workflow.audit_entries ORDER BY seq`,
      );

  it('are shown with who, as what, on what and why they failed, and without SQL, columns and values', async () => {
    const id = await start(builder, threeNodes('BROKEN'));
    await bench.ended(builder, id);
    const { items } = await list();
    expect(items).toEqual([
      expect.objectContaining({
        id,
        workflowId: null,
        workflowName: null,
        status: 'failed',
        trigger: 'manual',
        person: 'BEN',
        role: 'ANALYST',
        warehouse: 'BIG',
        errorCode: '100038',
        statements: 1,
      }),
    ]);
    expect(JSON.stringify(items)).not.toMatch(/SELECT|BROKEN|CANARY/);
  });

  it('are found by status, person, warehouse and time, page by page', async () => {
    const mine = await start(admin, threeNodes());
    const theirs = [await start(builder, threeNodes()), await start(builder, threeNodes('BROKEN'))];
    await bench.ended(admin, mine);
    for (const id of theirs) await bench.ended(builder, id);
    const ids = async (query: TowerRunsQuery) => (await list(query)).items.map(({ id }) => id).toSorted();
    expect(await ids({ person: builder.userId })).toEqual(theirs.toSorted());
    expect(await ids({ warehouse: 'WH' })).toEqual([mine]);
    expect(await ids({ status: 'failed' })).toEqual([theirs[1]]);
    expect(await ids({ to: '2020-01-01' })).toEqual([]);
    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, cursor: first.nextCursor ?? '' });
    expect(second.nextCursor).toBeNull();
    expect([...first.items, ...second.items].map(({ id }) => id).toSorted()).toEqual([mine, ...theirs].toSorted());
    await expect(list({ status: 'lost' })).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('are cancelled with their statement, and it is recorded who cancelled whose', async () => {
    const id = await start(builder, threeNodes('ENDLESS'));
    await eventually(async () => expect(bench.snowflake.of('ENDLESS').at(-1)?.status.state).toBe('running'));
    await cancel(id);
    await bench.ended(builder, id);
    expect(await statusOf(builder, id)).toBe('cancelled');
    expect(bench.snowflake.of('ENDLESS').at(-1)?.cancelled).toBe(true);
    await expect(cancel(id)).rejects.toMatchObject({ code: 'RUN_ENDED' });
    expect(await recorded()).toEqual([
      {
        action: 'run.cancelled',
        actor_name: 'ADA',
        object_id: id,
        object_name: 'Unsaved workflow',
        before: JSON.stringify({ status: 'running', person: 'BEN' }),
      },
    ]);
  });

  it('are for owners and admins of their own tenant only', async () => {
    const id = await start(admin, threeNodes('ENDLESS'));
    for (const work of [() => list({}, builder), () => cancel(id, builder)]) {
      await expect(work()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    const stranger = await bench.signIn(newId('ten'), {}, { appRole: 'owner' });
    expect((await list({}, stranger)).items).toEqual([]);
    await expect(cancel(id, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await recorded()).toEqual([]);
    await cancel(id);
  });

  it('that wait for a decision are listed for admins, with what is asked only where they may decide', async () => {
    const asking = (approvers: string[]) =>
      documentOf(
        [table('t'), approval('ok', { approvers, message: 'CANARY asks', onTimeout: 'reject' }), result('r')],
        ['t -> ok', 'ok.approved -> r'],
      );
    const foreign = await start(builder, asking(['role:FINANCE']));
    const own = await start(builder, asking(['user:ADA']));
    const approvals = () => bench.as(admin, () => bench.service.get(TowerApprovalsService).list({}));
    await eventually(async () => expect((await approvals()).items).toHaveLength(2));
    const shown = new Map((await approvals()).items.map((one) => [one.runId, one]));
    expect(shown.get(foreign)).toMatchObject({ runner: 'BEN', approvers: ['role:FINANCE'], yours: null });
    expect(JSON.stringify(shown.get(foreign))).not.toContain('CANARY');
    expect(shown.get(own)?.yours).toMatchObject({ message: 'CANARY asks', nodeId: 'ok' });
    const decision = { id: own, nodeId: 'ok', decision: 'reject' as const, comment: 'Not today' };
    await bench.as(admin, () => bench.service.get(ApprovalsService).decide(decision));
    await eventually(async () => expect((await approvals()).items.map(({ runId }) => runId)).toEqual([foreign]));
    await expect(bench.as(builder, () => bench.service.get(TowerApprovalsService).list({}))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await cancel(foreign);
  });
});
