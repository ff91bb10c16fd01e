import { AppError } from '@snowflow/contracts/errors/app-error';
import { NO_BUDGET, type RunBudget } from '@snowflow/contracts/sessions/tenant-limits';
import type { INestApplicationContext } from '@nestjs/common';
import { eventually } from '@snowflow/testing/eventually';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { RunWorker } from '../execution/run-worker';
import { RunWaker } from '../queue/run-waker';
import { RunStartService } from '../runs/run-start.service';
import { RunsService } from '../runs/runs.service';
import { call, condition, documentOf, map, result, table, write } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { TrashService } from '../trash/trash.service';
import { WorkflowsService } from '../workflows/workflows.service';
import { BudgetsService } from './budgets.service';

jest.setTimeout(30_000);

describe('The budget of a run', () => {
  let bench: WorkflowBench;
  let runs: RunsService;
  let budgets: BudgetsService;
  let person: Person;
  let worker: INestApplicationContext;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    runs = bench.service.get(RunsService);
    budgets = bench.service.get(BudgetsService);
    person = await bench.signIn();
    worker = await bench.startWorker();
  }, 60_000);
  afterAll(() => bench?.stop());
  beforeEach(() => {
    bench.snowflake.explained.length = 0;
    bench.snowflake.explain = () => ({
      GlobalStats: { partitionsTotal: 1, partitionsAssigned: 1, bytesAssigned: 1_000 },
    });
  });

  /** A condition over a table, then a result and a write: three statements in a row. */
  const three = (name: string, more: object = {}) =>
    documentOf(
      [
        table('t', name),
        condition('c', 'ROW_COUNT > 1'),
        { ...result('r'), config: { name: 'r', view: 'table', ...more } },
        table('u', `${name}_U`),
        condition('d', 'ROW_COUNT > 1'),
        write('w', `${name}_W`),
        { id: 'both', type: 'shape.union', config: {} },
      ],
      ['t -> c', 'c.true -> r', 'c.true -> both', 'u -> both', 'both -> d', 'd.true -> w'],
    );
  const save = async (definition: Record<string, unknown>, budget: Partial<RunBudget>, who = person) => {
    const { id } = await bench.as(who, () => bench.service.get(WorkflowsService).save({ definition }));
    await bench.as(who, () => budgets.save({ id, ...NO_BUDGET, ...budget }));
    return id;
  };
  const start = async (workflowId: string, who = person) =>
    (await bench.as(who, () => bench.service.get(RunStartService).start({ workflowId }))).runId;
  const runToEnd = async (workflowId: string, who = person) => bench.ended(who, await start(workflowId, who));

  it('of statements stops it before the next one, saying which and by how much', async () => {
    const run = await runToEnd(await save(three('COUNTED'), { maxStatements: 2 }));
    expect(run).toMatchObject({ status: 'failed', error: { code: 'BUDGET_EXCEEDED' } });
    expect(run.error?.message).toMatch(
      /The workflow’s budget is 2 statements for a run: 2 statements were sent already/,
    );
    expect(bench.snowflake.submitted.filter(({ sql: text }) => text.includes('COUNTED'))).toHaveLength(2);
    expect(bench.snowflake.explained).toEqual([]);
    expect(run.statements).toHaveLength(2);
  });

  it('of statements counts those of workflows inside it, and stops a map that goes on after failures', async () => {
    const inner = await save(documentOf([table('t', 'INSIDE'), result('r')], ['t -> r']), {});
    bench.rows.of('OUTSIDE', [{ N: 1 }, { N: 2 }, { N: 3 }, { N: 4 }]);
    bench.snowflake.when('OUTSIDE', (statement) => bench.snowflake.succeed(statement, 4));
    const each = map('m', inner, {}, { concurrency: 1, itemErrors: 'continue' });
    const outer = await save(documentOf([table('t', 'OUTSIDE'), each], ['t -> m']), { maxStatements: 3 });
    const run = await runToEnd(outer);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'BUDGET_EXCEEDED', nodeId: 'm' } });
    expect(bench.snowflake.of('INSIDE')).toHaveLength(2);
    expect(run.statements.map(({ step }) => step).sort()).toEqual(['m', 'm/0/r', 'm/1/r']);
  });

  it('stands beside those of the workflows inside it, each call against its own, and a map goes on with its other items', async () => {
    const twice = documentOf(
      [table('t', 'CALLED'), condition('c', 'ROW_COUNT > 1'), result('r')],
      ['t -> c', 'c.true -> r'],
    );
    const inner = await save(twice, { maxStatements: 1 });
    const run = await runToEnd(await save(documentOf([call('c', inner)], []), { maxStatements: 9 }));
    expect(run).toMatchObject({ status: 'failed', error: { code: 'BUDGET_EXCEEDED', nodeId: 'c' } });
    expect(run.error?.message).toMatch(/^In “A workflow”, step “r”: The workflow’s budget is 1 statement for a run/);
    expect(bench.snowflake.of('CALLED')).toHaveLength(1);

    const each = map('m', inner, {}, { concurrency: 1, itemErrors: 'continue' });
    bench.rows.of('CALLERS', [{ N: 1 }, { N: 2 }, { N: 3 }]);
    bench.snowflake.when('CALLERS', (statement) => bench.snowflake.succeed(statement, 3));
    const around = documentOf([table('t', 'CALLERS'), each], ['t -> m']);
    expect(await runToEnd(await save(around, {}))).toMatchObject({
      status: 'succeeded',
      nodes: { m: { value: { count: 3, failed: 3 } } },
    });
    expect(bench.snowflake.of('CALLED')).toHaveLength(4);
    // The budget of what is around it counts too, and ends all of it.
    const tight = await runToEnd(await save(documentOf([call('o', await save(around, { maxStatements: 2 }))], []), {}));
    expect(tight).toMatchObject({ status: 'failed', error: { code: 'BUDGET_EXCEEDED', nodeId: 'o' } });
    expect(bench.snowflake.of('CALLED')).toHaveLength(5);
  });

  it('of bytes counts what EXPLAIN says at most, with the binds that are sent', async () => {
    const run = await runToEnd(await save(three('WEIGHED'), { maxBytes: 2_500 }));
    expect(run.error?.code).toBe('BUDGET_EXCEEDED');
    expect(run.error?.message).toMatch(
      /budget is 2.5 KB for a run: .* read 2 KB at most, and the next one may read 1 KB/,
    );
    expect(bench.snowflake.of('WEIGHED')).toHaveLength(2);
    expect(bench.snowflake.explained.length).toBeGreaterThan(2);
    expect(await runToEnd(await save(three('LIGHT'), { maxBytes: 100_000 }))).toMatchObject({ status: 'succeeded' });
  });

  it('is not got round by going on after a failure, and not tried again for hours', async () => {
    const settings = { onError: 'continue', retry: { maxAttempts: 3, backoffMs: 600_000 } };
    const run = await runToEnd(await save(three('STUBBORN', settings), { maxStatements: 1 }));
    expect(run.nodes['r']).toMatchObject({ status: 'failed', error: { code: 'BUDGET_EXCEEDED' } });
    expect(bench.snowflake.of('STUBBORN')).toHaveLength(1);
  });

  it('of seconds lets no statement begin later', async () => {
    bench.snowflake.when('SLOW', () => undefined);
    const runId = await start(await save(three('SLOW'), { maxSeconds: 60 }));
    const store = bench.service.get(WorkflowStore);
    await whileItRuns('SLOW', runId, () =>
      store.transaction(person.tenantId, (db) =>
        sql`UPDATE workflow.runs SET started_at = now() - interval '1 hour' WHERE id = ${runId}`.execute(db),
      ),
    );
    const run = await bench.ended(person, runId);
    expect(run.error?.message).toMatch(/60 seconds for a run: the run has gone on for 3,6\d\d seconds/);
    expect(bench.snowflake.of('SLOW')).toHaveLength(1);
  });

  it('of seconds does not count the time for which it rests', async () => {
    const wait = { id: 'wait', type: 'logic.wait', config: { durationSeconds: 3_600 } };
    const runId = await start(
      await save(documentOf([table('t', 'RESTED'), wait, result('r')], ['t -> wait', 'wait -> r']), { maxSeconds: 60 }),
    );
    await eventually(async () => (await bench.as(person, () => runs.get(runId))).status === 'waiting');
    await anHourLater(runId);
    expect(await bench.ended(person, runId)).toMatchObject({ status: 'succeeded' });
    expect(bench.snowflake.of('RESTED')).toHaveLength(1);
  });

  it('counts after a crash what was sent before it, and the statement that goes on only once', async () => {
    bench.snowflake.when('RESUMED', () => undefined);
    const runId = await start(await save(three('RESUMED'), { maxBytes: 2_000, maxStatements: 2 }));
    await whileItRuns('RESUMED', runId);
    const run = await bench.ended(person, runId);
    expect(run.error?.code).toBe('BUDGET_EXCEEDED');
    expect(bench.snowflake.of('RESUMED')).toHaveLength(2);
  });

  it('of the tenant holds for every run, and the lower one where there are two', async () => {
    const other = await bench.signIn();
    const limits = { runBudget: { ...NO_BUDGET, maxStatements: 1 } };
    bench.credentials.limits.set(other.tenantId, limits);
    const id = await save(three('TENANT'), { maxStatements: 5 }, other);
    const run = await runToEnd(id, other);
    expect(run.error?.message).toMatch(/The budget of your tenant is 1 statement .* Ask an admin/);
    expect(await bench.as(other, () => budgets.get(id))).toEqual({
      ...NO_BUDGET,
      maxStatements: 5,
      tenant: limits.runBudget,
    });
    const inline = await bench.as(other, () =>
      bench.service.get(RunStartService).start({ definition: three('INLINE') }),
    );
    expect(await bench.ended(other, inline.runId)).toMatchObject({ error: { code: 'BUDGET_EXCEEDED' } });
  });

  it('of bytes sends nothing that nobody can bound', async () => {
    bench.snowflake.explain = () => {
      throw new AppError('SNOWFLAKE_ACCESS_DENIED', 'Insufficient privileges.');
    };
    const run = await runToEnd(await save(three('UNBOUND'), { maxBytes: 5_000 }));
    expect(run.error).toMatchObject({ code: 'SNOWFLAKE_ACCESS_DENIED' });
    expect(run.error?.message).toMatch(/could not be found out, so it was not sent. Insufficient/);
    expect(bench.snowflake.of('UNBOUND')).toEqual([]);
  });

  it('is its owner’s to see and set, and goes with the workflow', async () => {
    const id = await save(three('OWNED'), { maxBytes: 7 });
    const colleague = await bench.signIn(person.tenantId);
    const viewer = await bench.signIn(person.tenantId, {}, { appRole: 'viewer', userId: person.userId });
    await expect(bench.as(colleague, () => budgets.get(id))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(bench.as(colleague, () => budgets.save({ id, ...NO_BUDGET }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(bench.as(viewer, () => budgets.save({ id, ...NO_BUDGET }))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await bench.as(person, () => budgets.get(id))).toMatchObject({ maxBytes: 7, tenant: NO_BUDGET });
    await bench.as(person, () => bench.service.get(TrashService).remove({ id }));
    await expect(bench.as(person, () => budgets.get(id))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  const runRow = (runId: string) =>
    bench.service
      .get(WorkflowStore)
      .transaction(person.tenantId, (db) =>
        db.selectFrom('workflow.runs').select('fence').where('id', '=', runId).executeTakeFirst(),
      );

  /** All that is known of when it happened is an hour older. */
  const anHourLater = async (runId: string) => {
    const store = bench.service.get(WorkflowStore);
    const hour = sql`interval '1 hour'`;
    await store.transaction(person.tenantId, async (db) => {
      await sql`UPDATE workflow.runs SET started_at = started_at - ${hour} WHERE id = ${runId}`.execute(db);
      await sql`UPDATE workflow.run_events SET at = at - ${hour} WHERE run_id = ${runId}`.execute(db);
      await sql`UPDATE workflow.waits SET began_at = began_at - ${hour}, until = until - ${hour}
                WHERE run_id = ${runId}`.execute(db);
    });
    await sql`UPDATE workflow.run_queue SET leased_until = now() - interval '1 second'
              WHERE run_id = ${runId}`.execute(store.acrossTenants);
    bench.service.get(RunWaker).wake();
  };

  /** Its first statement runs, the worker falls silent, and another one takes the run up; then the statement ends. */
  const whileItRuns = async (
    name: string,
    runId: string,
    meanwhile: () => Promise<unknown> = async () => undefined,
  ) => {
    const { snowflake } = bench;
    await eventually(async () => (await bench.as(person, () => runs.get(runId))).nodes['c']?.queryId !== undefined);
    expect(snowflake.of(name)).toHaveLength(1);
    await meanwhile();
    await worker.get(RunWorker).worker.close(true);
    await sql`UPDATE workflow.run_queue SET leased_by = 'nobody', leased_until = now() - interval '1 second'
              WHERE run_id = ${runId}`.execute(bench.service.get(WorkflowStore).acrossTenants);
    snowflake.when(name, snowflake.succeed);
    worker = await bench.startWorker();
    // From its first write on the silent one is shut out.
    await eventually(async () => (await runRow(runId))?.fence === 2);
    for (const statement of snowflake.of(name)) snowflake.succeed(statement);
  };
});

describe('The statistics of a run’s statements', () => {
  let bench: WorkflowBench;
  let person: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    person = await bench.signIn();
    await bench.startWorker();
  }, 60_000);
  afterAll(() => bench?.stop());

  const definition = (name: string) => documentOf([table('t', name), result('r')], ['t -> r']);
  const get = (runId: string) => bench.as(person, () => bench.service.get(RunsService).get(runId));
  const start = async (name: string) =>
    (await bench.as(person, () => bench.service.get(RunStartService).start({ definition: definition(name) }))).runId;

  it('stand beside it once they are known, with an estimate where size and time are', async () => {
    bench.snowflake.statistics = () => ({ bytesScanned: 512, executeMs: 36_000, warehouseSize: 'Medium' });
    const runId = await start('MEASURED');
    await bench.ended(person, runId);
    await eventually(async () => (await get(runId)).statements[0]?.stats !== undefined);
    const { statements, nodes } = await get(runId);
    expect(statements).toEqual([
      {
        step: 'r',
        queryId: nodes['r']?.queryId,
        state: 'succeeded',
        attempts: 1,
        stats: { bytesScanned: 512, executeMs: 36_000, warehouseSize: 'Medium' },
        estimatedCredits: 0.04,
      },
    ]);
    expect(bench.snowflake.statisticsAsked).toEqual([nodes['r']?.queryId]);
  });

  it('delay no run and fail none', async () => {
    let answer: () => void = () => undefined;
    bench.snowflake.statistics = () => new Promise((resolve) => (answer = () => resolve({ executeMs: 5 })));
    const waiting = await bench.ended(person, await start('PATIENT'));
    expect(waiting).toMatchObject({ status: 'succeeded', statements: [{ estimatedCredits: null }] });
    expect(waiting.statements[0]).not.toHaveProperty('stats');
    answer();
    await eventually(async () => (await get(waiting.id)).statements[0]?.stats?.executeMs === 5);
    bench.snowflake.statistics = () => {
      throw new AppError('SNOWFLAKE_UNAVAILABLE', 'No answer.');
    };
    expect(await bench.ended(person, await start('UNSAID'))).toMatchObject({ status: 'succeeded' });
  });
});
