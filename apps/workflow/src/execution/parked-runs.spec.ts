import type { INestApplicationContext } from '@nestjs/common';
import { eventually } from '@snowflow/testing/eventually';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { RunStartService } from '../runs/run-start.service';
import { RunsService } from '../runs/runs.service';
import { condition, documentOf, map, result, table, threeNodes } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';

// Leases have to be lost here.
jest.setTimeout(30_000);

describe('A run that stops its workers', () => {
  let bench: WorkflowBench;
  let runs: RunsService;
  let person: Person;
  let mortal: INestApplicationContext;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    runs = bench.service.get(RunsService);
    person = await bench.signIn();
    bench.snowflake.when('DEADLY', () => undefined);
    mortal = await bench.startWorker({ name: 'mortal', maxAttempts: 3, leaseMs: 60_000 });
  }, 60_000);
  afterAll(() => bench?.stop());

  const start = async (definition: Record<string, unknown>) =>
    (await bench.as(person, () => bench.service.get(RunStartService).start({ definition }))).runId;
  const entry = async (runId: string) => {
    const { rows } = await sql<{ attempts: number; fence: number; leased_by: string | null }>`
      SELECT attempts, fence, leased_by FROM workflow.run_queue WHERE run_id = ${runId}`.execute(
      bench.service.get(WorkflowStore).acrossTenants,
    );
    return rows[0];
  };
  /** As if the worker that has it had died this moment and its lease had run out. */
  const die = async (runId: string) => {
    const store = bench.service.get(WorkflowStore);
    const { fence } = (await entry(runId)) ?? { fence: 0 };
    // The dead write nothing: only who takes the run up next does.
    await store.statement(person.tenantId, sql`UPDATE workflow.runs SET fence = ${fence + 1} WHERE id = ${runId}`);
    await sql`UPDATE workflow.run_queue SET leased_by = 'dead', leased_until = now() - interval '1 second'
              WHERE run_id = ${runId}`.execute(store.acrossTenants);
  };
  const leased = (runId: string, fence: number) =>
    eventually(async () => expect(await entry(runId)).toMatchObject({ fence }));

  const itemsEnded = (runId: string) =>
    bench.service.get(WorkflowStore).transaction(person.tenantId, async (db) => {
      const rows = await db.selectFrom('workflow.step_outcomes').select('step').where('run_id', '=', runId).execute();
      return rows.filter(({ step }) => /^each\/\d+$/.test(step)).length;
    });

  it('again and again before a step finished is parked, once, with what happened and what to do', async () => {
    const runId = await start(threeNodes('DEADLY'));
    for (const fence of [1, 2, 3]) {
      await leased(runId, fence);
      await eventually(async () =>
        expect((await bench.as(person, () => runs.get(runId))).nodes['result']).toMatchObject({ status: 'running' }),
      );
      await die(runId);
    }
    const run = await bench.ended(person, runId);
    expect(run).toMatchObject({
      status: 'failed',
      error: { code: 'RUN_PARKED', message: expect.stringMatching(/taken up 3 times.*run it anew/s) as string },
      nodes: { result: { status: 'skipped' } },
    });
    expect(await entry(runId)).toBeUndefined();
    expect(bench.snowflake.of('DEADLY').every(({ cancelled }) => cancelled)).toBe(true);
    const { events, ended } = await bench.as(person, () => runs.events({ id: runId, after: 0, limit: 500 }));
    expect(ended).toBe(true);
    expect(events.filter(({ type }) => type === 'run.failed')).toHaveLength(1);
    expect(events.at(-1)?.type).toBe('run.failed');
  });

  it('because its plan can not be opened any more is parked too', async () => {
    bench.snowflake.when('LOCKED', () => undefined);
    const runId = await start(threeNodes('LOCKED'));
    await leased(runId, 1);
    const store = bench.service.get(WorkflowStore);
    await store.statement(person.tenantId, sql`UPDATE workflow.runs SET sealed_plan = 'v1.gone.x' WHERE id = ${runId}`);
    await sql`UPDATE workflow.run_queue SET attempts = 3 WHERE run_id = ${runId}`.execute(store.acrossTenants);
    await die(runId);
    await eventually(async () => {
      const { rows } = await store.transaction(person.tenantId, (db) =>
        sql`SELECT status, error FROM workflow.runs WHERE id = ${runId}`.execute(db),
      );
      expect(rows).toEqual([{ status: 'failed', error: { code: 'RUN_PARKED' } }]);
    });
    expect(await bench.as(person, () => runs.get(runId))).toMatchObject({
      status: 'failed',
      error: { code: 'RUN_PARKED', message: expect.stringMatching(/taken up 3 times/) as string },
      nodes: { result: { status: 'skipped' } },
      plan: [],
    });
    expect(bench.snowflake.of('LOCKED').every(({ cancelled }) => cancelled)).toBe(true);
    expect(await entry(runId)).toBeUndefined();
  });

  it('is given its attempts anew by each step that finishes', async () => {
    bench.snowflake.when('LATER', () => undefined);
    bench.snowflake.when('FIRST', () => undefined);
    const runId = await start(
      documentOf(
        [
          table('first'),
          condition('check', 'ROW_COUNT > 0'),
          table('later'),
          { id: 'u', type: 'shape.union', config: {} },
          result('r'),
        ],
        ['first -> check', 'check.true -> u', 'later -> u', 'u -> r'],
      ),
    );
    await leased(runId, 1);
    await eventually(() => bench.snowflake.of('FIRST').length === 1);
    await die(runId);
    await leased(runId, 2);
    expect(await entry(runId)).toMatchObject({ attempts: 2 });
    await eventually(async () => {
      for (const one of bench.snowflake.of('FIRST')) if (!one.sql.includes('LATER')) bench.snowflake.succeed(one, 1);
      expect((await bench.as(person, () => runs.get(runId))).nodes['check']).toMatchObject({ status: 'succeeded' });
    });
    await die(runId);
    await leased(runId, 3);
    expect(await entry(runId)).toMatchObject({ attempts: 1 });
    await bench.as(person, () => runs.cancel(runId));
    await bench.ended(person, runId);
  });

  it('is not parked while items of its map come to their ends between its workers', async () => {
    const { snowflake } = bench;
    const items = Array.from({ length: 10 }, (_, index) => `item ${index}`);
    bench.rows.of(
      'THE_ITEMS',
      items.map((N) => ({ N })),
    );
    snowflake.when('THE_ITEMS', (statement) => snowflake.succeed(statement, items.length));
    snowflake.when('OF_AN_ITEM', () => undefined);
    const inner = documentOf([table('t', 'OF_AN_ITEM'), result('r')], ['t -> r']);
    const called = await bench.as(person, () => bench.service.get(WorkflowsService).save({ definition: inner }));
    const each = map('each', called.id, {}, { concurrency: 1, itemErrors: 'continue' });
    const runId = await start(documentOf([table('t', 'THE_ITEMS'), each], ['t -> each']));
    for (const lease of [1, 2, 3, 4]) {
      await leased(runId, lease);
      expect(await entry(runId)).toMatchObject({ attempts: 1 });
      const before = await itemsEnded(runId);
      await eventually(async () => {
        snowflake
          .of('OF_AN_ITEM')
          .slice(-1)
          .forEach((statement) => snowflake.fail(statement, 'Not this one'));
        return (await itemsEnded(runId)) > before;
      });
      await die(runId);
    }
    await leased(runId, 5);
    expect(await entry(runId)).toMatchObject({ attempts: 1 });
    await bench.as(person, () => runs.cancel(runId));
    expect(await bench.ended(person, runId)).toMatchObject({ status: 'cancelled' });
  });

  it('is not what a worker that stops and hands its runs over takes it for', async () => {
    await mortal.close();
    let worker = await bench.startWorker({ name: 'hand0', maxAttempts: 1, leaseMs: 60_000 });
    bench.snowflake.when('HANDED', () => undefined);
    const runId = await start(threeNodes('HANDED'));
    for (const name of ['hand1', 'hand2', 'hand3']) {
      await eventually(
        async () => (await bench.as(person, () => runs.get(runId))).nodes['result']?.queryId !== undefined,
      );
      const leaving = worker;
      worker = await bench.startWorker({ name, maxAttempts: 1, leaseMs: 60_000 });
      await leaving.close();
      await eventually(async () => expect(await entry(runId)).toMatchObject({ leased_by: name, attempts: 1 }));
    }
    for (const statement of bench.snowflake.of('HANDED')) bench.snowflake.succeed(statement);
    expect(await bench.ended(person, runId)).toMatchObject({ status: 'succeeded' });
    expect(bench.snowflake.of('HANDED')).toHaveLength(1);
  });
});
