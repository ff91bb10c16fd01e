import { sql } from 'kysely';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { RunRequest } from '@snowflow/contracts/workflow/workflow.dto';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { WorkflowStore } from '../database/workflow-store';
import { condition, documentOf, result, table, threeNodes, write } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';
import { RunStartService } from './run-start.service';
import { RunsService } from './runs.service';
import { SessionRunsService } from './session-runs.service';

// Real servers, on machines that do other things too.
jest.setTimeout(30_000);

describe('Runs', () => {
  let bench: WorkflowBench;
  let runs: RunsService;
  let person: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    runs = bench.service.get(RunsService);
    person = await bench.signIn();
    await bench.startWorker();
  }, 60_000);
  afterAll(() => bench?.stop());

  const start = async (request: RunRequest, who = person, key?: string) =>
    (await bench.as(who, () => bench.service.get(RunStartService).start(request), key)).runId;
  const runToEnd = async (request: RunRequest, who = person) => bench.ended(who, await start(request, who));

  it('execute fused nodes as one statement, each node carrying its query id, the ending one the row count', async () => {
    const run = await runToEnd({ definition: threeNodes('FUSED') });
    const [statement, ...more] = bench.snowflake.of('FUSED');
    expect(more).toEqual([]);
    expect(run).toMatchObject({ status: 'succeeded', workflowId: null, revision: null });
    const fused = { status: 'succeeded', queryId: statement?.queryId, step: 'result', attempts: 1 };
    expect(run.nodes).toEqual({
      orders: { ...fused, startedAt: expect.any(String), finishedAt: null },
      big: { ...fused, startedAt: expect.any(String), finishedAt: null },
      result: { ...fused, startedAt: expect.any(String), finishedAt: expect.any(String), rowCount: 3 },
    });
    expect(run.plan).toEqual([
      {
        step: 'result',
        kind: 'query',
        nodes: ['orders', 'big', 'result'],
        endsBecause: { code: 'OUTPUT', sentence: expect.any(String) },
        dependsOn: [],
        sql: expect.stringContaining('?'),
      },
    ]);
    expect(statement).toMatchObject({ binds: [5], context: { role: 'ANALYST', warehouse: 'WH' } });
    expect(statement?.tag).toEqual({ run: run.id, node: 'result', effect: expect.any(String) });
  });

  it('take the latest revision of a saved workflow, or the one that is named', async () => {
    const workflows = bench.service.get(WorkflowsService);
    const { id } = await bench.as(person, () => workflows.save({ definition: threeNodes('REV1') }));
    await bench.as(person, () => workflows.save({ id, revision: 1, definition: threeNodes('REV2') }));
    expect(await runToEnd({ workflowId: id })).toMatchObject({ workflowId: id, revision: 2, status: 'succeeded' });
    expect(bench.snowflake.of('REV2')).toHaveLength(1);
    expect(await runToEnd({ workflowId: id, revision: 1 })).toMatchObject({ revision: 1, status: 'succeeded' });
    await expect(start({ workflowId: id, revision: 9 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { items } = await bench.as(person, () => runs.list({ workflowId: id }));
    expect(items.map(({ revision }) => revision)).toEqual([1, 2]);
    expect((await bench.as(person, () => workflows.list({}))).items[0]?.lastRun).toMatchObject({ status: 'succeeded' });
  });

  it('tell their story in order, and from where a reader left off', async () => {
    const runId = await start({ definition: threeNodes() });
    await bench.ended(person, runId);
    const all = await bench.as(person, () => runs.events({ id: runId, after: 0, limit: 500 }));
    expect(all.ended).toBe(true);
    expect(all.events.map(({ data }) => data.seq)).toEqual(all.events.map((_, index) => index + 1));
    expect(all.events.map(({ type }) => type)).toEqual([
      'run.queued',
      'run.started',
      ...Array.from({ length: 3 }, () => 'node.running'),
      ...Array.from({ length: 3 }, () => 'node.succeeded'),
      'run.succeeded',
    ]);
    expect(all.events.find(({ type }) => type === 'node.running')?.data).toMatchObject({
      runId,
      nodeId: 'orders',
      node: { status: 'running', attempts: 1 },
    });
    const some = await bench.as(person, () => runs.events({ id: runId, after: 3, limit: 2 }));
    expect(some).toEqual({ events: all.events.slice(3, 5), ended: false, own: true });
  });

  it('fail the node whose SQL fails, with what Snowflake said, and finish the other branch', async () => {
    bench.snowflake.when('BROKEN', (statement) =>
      bench.snowflake.fail(statement, "Numeric value 'x' is not recognized"),
    );
    const run = await runToEnd({
      definition: documentOf(
        [table('broken'), result('bad'), table('fine'), result('good')],
        ['broken -> bad', 'fine -> good'],
      ),
    });
    const error = {
      code: '100038',
      sqlState: '22018',
      line: 2,
      position: 7,
      message: "Numeric value 'x' is not recognized",
    };
    expect(run).toMatchObject({
      status: 'failed',
      error: { ...error, nodeId: 'bad' },
      nodes: { bad: { status: 'failed', error }, broken: { status: 'failed' }, good: { status: 'succeeded' } },
    });
    const { events } = await bench.as(person, () => runs.events({ id: run.id, after: 0, limit: 500 }));
    expect(JSON.stringify(events)).not.toContain('is not recognized');
  });

  it('go on after a failed node that says so', async () => {
    bench.snowflake.when('OPTIONAL', (statement) => bench.snowflake.fail(statement, 'no'));
    const output = { ...result('bad'), config: { name: 'bad', view: 'table', onError: 'continue' } };
    const run = await runToEnd({ definition: documentOf([table('optional'), output], ['optional -> bad']) });
    expect(run).toMatchObject({ status: 'succeeded', nodes: { bad: { status: 'failed' } } });
  });

  it.each([
    [1, 'yes', 'no'],
    [0, 'no', 'yes'],
  ])('take the branch of a condition (%d row), and skip the other', async (rows, taken, skipped) => {
    const name = `COND${rows}`;
    bench.snowflake.when(`TAKEN`, (statement) => bench.snowflake.succeed(statement, rows));
    const run = await runToEnd({
      definition: documentOf(
        [table('t', name), condition('check', 'ROW_COUNT > 10'), result('yes'), result('no')],
        ['t -> check', 'check.true -> yes', 'check.false -> no'],
      ),
    });
    expect(run).toMatchObject({
      status: 'succeeded',
      nodes: { check: { status: 'succeeded' }, [taken]: { status: 'succeeded' }, [skipped]: { status: 'skipped' } },
    });
    expect(bench.snowflake.of(name)).toHaveLength(2);
  });

  it('are refused with their problems, and nothing is submitted, where the workflow is not valid', async () => {
    const before = bench.snowflake.submitted.length;
    await expect(start({ definition: threeNodes('MISSING_TABLE') })).rejects.toMatchObject({
      code: 'WORKFLOW_INVALID',
      details: { extensions: { problems: [expect.objectContaining({ code: 'SOURCE_NOT_FOUND', nodeId: 'orders' })] } },
    });
    await expect(start({ definition: documentOf([], []) })).rejects.toMatchObject({ code: 'WORKFLOW_INVALID' });
    await expect(start({})).rejects.toMatchObject({ code: 'VALIDATION' });
    expect(bench.snowflake.submitted).toHaveLength(before);
  });

  it('check their parameters by type and bind them', async () => {
    const definition = documentOf(
      [
        table('bound'),
        { id: 'f', type: 'shape.filter', config: { expression: 'N > {{ parameters.least }}' } },
        result('result'),
      ],
      ['bound -> f', 'f -> result'],
      { parameters: [{ name: 'least', type: 'number' }] },
    );
    await expect(start({ definition, parameters: { least: 'many' } })).rejects.toMatchObject({
      code: 'VALIDATION',
      details: { errors: [{ path: 'parameters.least', message: 'Give a number' }] },
    });
    await expect(start({ definition })).rejects.toMatchObject({ code: 'VALIDATION' });
    await expect(start({ definition, parameters: { least: 1, more: 2 } })).rejects.toMatchObject({
      code: 'VALIDATION',
    });
    await runToEnd({ definition, parameters: { least: 42 } });
    expect(bench.snowflake.of('BOUND').map(({ binds }) => binds)).toEqual([[42]]);
  });

  it('start once per idempotency key', async () => {
    const ids = await Promise.all(
      Array.from({ length: 4 }, () => start({ definition: threeNodes('KEYED') }, person, 'run-key')),
    );
    expect(new Set(ids).size).toBe(1);
    await bench.ended(person, ids[0] ?? '');
    expect(bench.snowflake.of('KEYED')).toHaveLength(1);
    await expect(start({ definition: threeNodes('OTHER') }, person, 'run-key')).rejects.toMatchObject({
      code: 'IDEMPOTENCY_MISMATCH',
    });
  });

  it('do not exist for others', async () => {
    const runId = await start({ definition: threeNodes() });
    await bench.ended(person, runId);
    for (const stranger of [await bench.signIn(person.tenantId), await bench.signIn()]) {
      const missing = { code: 'NOT_FOUND', message: 'There is no such run.' };
      await expect(bench.as(stranger, () => runs.get(runId))).rejects.toMatchObject(missing);
      await expect(bench.as(stranger, () => runs.cancel(runId))).rejects.toMatchObject(missing);
      await expect(bench.as(stranger, () => runs.events({ id: runId, after: 0, limit: 5 }))).rejects.toMatchObject(
        missing,
      );
      expect(await bench.as(stranger, () => runs.list({}))).toEqual({ items: [], nextCursor: null });
    }
  });

  it('cancel their statement, and end as cancelled once', async () => {
    bench.snowflake.when('ENDLESS', () => undefined);
    const runId = await start({ definition: threeNodes('ENDLESS') });
    await until(() => bench.snowflake.of('ENDLESS').length === 1);
    await bench.as(person, () => runs.cancel(runId));
    const run = await bench.ended(person, runId);
    expect(run).toMatchObject({ status: 'cancelled', nodes: { result: { status: 'cancelled' } } });
    expect(bench.snowflake.of('ENDLESS')[0]?.cancelled).toBe(true);
    await expect(bench.as(person, () => runs.cancel(runId))).rejects.toMatchObject({ code: 'RUN_ENDED' });
    const { events } = await bench.as(person, () => runs.events({ id: runId, after: 0, limit: 500 }));
    expect(events.filter(({ type }) => type === 'run.cancelled')).toHaveLength(1);
  });

  const twoSteps = (name: string) =>
    withoutNode(
      documentOf(
        [table(name), condition('check', 'ROW_COUNT > 0'), table('t'), result('r')],
        [`${name} -> check`, 'check.true -> r'],
      ),
      't',
    );

  it('go on to their end after their person has signed out: they hold the Snowflake session until then', async () => {
    const { snowflake } = bench;
    const leaving = await bench.signIn();
    let goOn = () => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    snowflake.when('STAYING', async (statement) => {
      await held;
      snowflake.succeed(statement, 1);
    });
    const runId = await start({ definition: twoSteps('staying') }, leaving);
    await until(() => snowflake.of('STAYING').length === 1);
    await bench.as(leaving, () => bench.service.get(SessionRunsService).holdAll());
    await bench.service.get(SessionStore).remove(leaving.id);
    // As long as one in the queue may wait, for they are all held alike.
    expect([...snowflake.holds]).toEqual([[runId, 1_800_000]]);
    goOn();
    expect(await bench.ended(leaving, runId)).toMatchObject({ status: 'succeeded' });
    expect(snowflake.of('STAYING').map((statement) => statement.runId)).toEqual([runId, runId]);
    await until(() => snowflake.holds.size === 0);
  });

  it('fail with a clear error where the Snowflake session is over before a statement', async () => {
    bench.snowflake.isOver = true;
    const run = await runToEnd({ definition: threeNodes('TOO_LATE') });
    bench.snowflake.isOver = false;
    expect(run).toMatchObject({
      status: 'failed',
      error: {
        code: 'SNOWFLAKE_SESSION_ENDED',
        message: expect.stringContaining('Sign in and run it again') as string,
      },
    });
    expect(bench.snowflake.of('TOO_LATE')).toHaveLength(0);
  });

  it('fail the step whose role was revoked, saying which and what to do', async () => {
    const revoked = 'Snowflake no longer grants you the role ANALYST. Choose another role.';
    bench.snowflake.refused.push(new AppError('ROLE_REVOKED', revoked));
    const run = await runToEnd({ definition: threeNodes('REVOKED') });
    expect(run).toMatchObject({
      status: 'failed',
      nodes: { result: { error: { code: 'ROLE_REVOKED', message: `This step was not run. ${revoked}` } } },
    });
    expect(bench.snowflake.of('REVOKED')).toHaveLength(0);
  });

  it('wait for a place where Snowflake is busy, a write too, and ask nobody what became of what was never sent', async () => {
    const busy = () => new AppError('OVERLOADED', 'Too many statements.', { retryAfterSeconds: 0.1 });
    bench.snowflake.refused.push(busy(), busy());
    bench.snowflake.settled = { state: 'unknown' };
    const run = await runToEnd({ definition: documentOf([table('t'), write('w', 'PLACED')], ['t -> w']) });
    bench.snowflake.settled = undefined;
    expect(run).toMatchObject({ status: 'succeeded' });
    expect(bench.snowflake.of('PLACED')).toHaveLength(1);
  });

  it('are cancelled together when their person signs out so: those of that sign-in, no others', async () => {
    const { snowflake } = bench;
    snowflake.when('SIGNED_OUT', () => undefined);
    const leaving = await bench.signIn(person.tenantId);
    const staying = await bench.signIn(person.tenantId, {}, { userId: leaving.userId });
    const mine = await Promise.all([1, 2, 3].map(() => start({ definition: threeNodes('SIGNED_OUT') }, leaving)));
    const other = await start({ definition: threeNodes('SIGNED_OUT') }, staying);
    await until(() => snowflake.of('SIGNED_OUT').length === 4);
    await bench.as(leaving, () => bench.service.get(SessionRunsService).cancelAll());
    for (const runId of mine) expect(await bench.ended(leaving, runId)).toMatchObject({ status: 'cancelled' });
    expect(snowflake.of('SIGNED_OUT').filter(({ cancelled }) => cancelled)).toHaveLength(3);
    expect(await bench.as(staying, () => runs.get(other))).toMatchObject({ status: 'running' });
    await bench.as(staying, () => bench.service.get(SessionRunsService).cancelAll());
    await bench.ended(staying, other);
    expect(await bench.as(staying, () => bench.service.get(SessionRunsService).cancelAll())).toEqual({ done: true });
  });

  it('are not for viewers to start, who are told whom to ask', async () => {
    const viewer = await bench.signIn(person.tenantId, {}, { appRole: 'viewer' });
    await expect(start({ definition: threeNodes() }, viewer)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('Ask an owner or admin') as string,
    });
  });

  it('keep no value in plaintext in Postgres', async () => {
    const canary = 'CANARY-91b2';
    bench.snowflake.when('QUOTED', (statement) => bench.snowflake.fail(statement, `Value '${canary}' is wrong`));
    const definition = documentOf(
      [
        table('quoted'),
        { id: 'f', type: 'shape.filter', config: { expression: 'N > {{ parameters.p }}' } },
        condition('check', 'ROW_COUNT > 1'),
        result('r'),
      ],
      ['quoted -> f', 'f -> check', 'check.true -> r'],
      { parameters: [{ name: 'p', type: 'string' }] },
    );
    const run = await runToEnd({ definition, parameters: { p: canary } });
    expect(run.error?.message).toContain(canary);
    expect(bench.snowflake.of('QUOTED')[0]?.binds).toEqual([canary]);
    const everything = await bench.everythingAtRest();
    expect(everything).toContain(run.id);
    expect(everything).toMatch(/succeeded|failed/);
    expect(everything).not.toContain(canary);
  });

  it('are not seen under another tenant, whatever asks', async () => {
    await runToEnd({ definition: threeNodes() });
    const store = bench.service.get(WorkflowStore);
    for (const name of ['runs', 'run_nodes', 'run_events', 'statements', 'step_outcomes']) {
      const count = sql<{ n: number }>`SELECT count(*)::int AS n FROM ${sql.id('workflow', name)}`;
      expect((await store.statement(person.tenantId, count))[0]?.n).toBeGreaterThan(0);
      expect((await store.statement('ten_other', count))[0]?.n).toBe(0);
    }
  });

  it('that write a table do it with one statement and count the rows', async () => {
    const run = await runToEnd({ definition: documentOf([table('t'), write('w', 'TARGET')], ['t -> w']) });
    expect(run).toMatchObject({ status: 'succeeded', nodes: { w: { status: 'succeeded', rowCount: 3 } } });
  });

  it('that make a table say nothing of its rows: Snowflake gives one row of status for any number', async () => {
    const making = {
      ...write('w', 'MISSING_UNTIL_MADE'),
      config: { ...write('w', 'MISSING_UNTIL_MADE').config, mode: 'create' },
    };
    const run = await runToEnd({ definition: documentOf([table('t'), making], ['t -> w']) });
    expect(run.nodes['w']).toMatchObject({ status: 'succeeded', queryId: expect.any(String) });
    expect(run.nodes['w']).not.toHaveProperty('rowCount');
  });
});

function withoutNode(definition: Record<string, unknown>, id: string): Record<string, unknown> {
  const nodes = definition['nodes'] as { id: string }[];
  return { ...definition, nodes: nodes.filter((node) => node.id !== id) };
}

async function until(condition: () => boolean): Promise<void> {
  for (const giveUpAt = Date.now() + 10_000; !condition(); await new Promise((resolve) => setTimeout(resolve, 10))) {
    if (Date.now() > giveUpAt) throw new Error('It did not come true in time');
  }
}
