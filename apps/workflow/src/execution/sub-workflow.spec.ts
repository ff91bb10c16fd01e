import type { INestApplicationContext } from '@nestjs/common';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { ApprovalsService } from '../runs/approvals.service';
import { RunStartService } from '../runs/run-start.service';
import { RunsService } from '../runs/runs.service';
import { call, documentOf, map, result, table, write } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { ValidationService } from '../validation/validation.service';
import { WorkflowsService } from '../workflows/workflows.service';
import { RunWorker } from './run-worker';

// Leases have to run out here.
jest.setTimeout(30_000);

describe('A workflow inside a run', () => {
  let bench: WorkflowBench;
  let person: Person;
  let worker: INestApplicationContext;
  let runs: RunsService;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    runs = bench.service.get(RunsService);
    person = await bench.signIn();
    worker = await bench.startWorker({ name: 'first' });
  }, 60_000);
  afterAll(() => bench?.stop());

  const save = async (definition: Record<string, unknown>, id?: string, revision?: number) =>
    (await bench.as(person, () => bench.service.get(WorkflowsService).save({ definition, id, revision }))).id;
  const start = async (definition: Record<string, unknown>) =>
    (await bench.as(person, () => bench.service.get(RunStartService).start({ definition }))).runId;
  const runToEnd = async (definition: Record<string, unknown>) => bench.ended(person, await start(definition));
  const problemsOf = async (definition: Record<string, unknown>) =>
    (await bench.as(person, () => bench.service.get(ValidationService).validate(definition))).problems
      .filter(({ severity }) => severity === 'error')
      .map(({ code, nodeId, path }) => [code, nodeId, path]);
  const store = () => bench.service.get(WorkflowStore);
  const queryIdsOf = async (runId: string) => {
    const rows = await store().transaction(person.tenantId, (db) =>
      db.selectFrom('workflow.statements').select('query_id').where('run_id', '=', runId).execute(),
    );
    return rows.map(({ query_id: id }) => id);
  };
  const stepsOf = async (runId: string) => {
    const rows = await store().transaction(person.tenantId, (db) =>
      db.selectFrom('workflow.statements').select('step').where('run_id', '=', runId).orderBy('step').execute(),
    );
    return rows.map(({ step }) => step);
  };

  /** Reads a table above a parameter, and writes what it read. */
  const child = (name: string, parameter = 'least') =>
    documentOf(
      [
        table('t', name),
        { id: 'f', type: 'shape.filter', config: { expression: `N > {{ parameters.${parameter} }}` } },
        result('r'),
      ],
      ['t -> f', 'f -> r'],
      { parameters: [{ name: parameter, type: 'number' }] },
    );
  const approving = () =>
    documentOf(
      [
        table('t', 'APPROVED'),
        { id: 'ok', type: 'logic.approval', config: { approvers: ['user:BOSS'], message: 'Go on?' } },
        result('r'),
      ],
      ['t -> ok', 'ok.approved -> r'],
    );

  it('gives the rows of its outputs to the node that calls it, which later nodes name', async () => {
    const workflowId = await save(child('CHILD_ROWS'));
    bench.snowflake.when('CHILD_ROWS', (statement) => bench.snowflake.succeed(statement, 7));
    const run = await runToEnd(
      documentOf(
        [
          call('c', workflowId, { least: ' 5 ' }),
          table('t', 'AFTER'),
          { id: 'f', type: 'shape.filter', config: { expression: 'N > {{ nodes.c.rowCount }}' } },
          result('r'),
        ],
        ['t -> f', 'f -> r'],
      ),
    );
    expect(run).toMatchObject({
      status: 'succeeded',
      nodes: { c: { status: 'succeeded' }, r: { status: 'succeeded' } },
    });
    expect(bench.snowflake.of('CHILD_ROWS').map(({ binds, tag }) => [binds, tag?.['node']])).toEqual([[[5], 'c/r']]);
    expect(bench.snowflake.of('AFTER')[0]?.binds).toEqual([7]);
    expect(await stepsOf(run.id)).toEqual(['c/r', 'r']);
    expect(Object.keys(run.nodes).sort()).toEqual(['c', 'f', 'r', 't']);
  });

  it('runs as it was saved when the run began', async () => {
    const workflowId = await save(documentOf([table('t', 'GATE'), result('r')], ['t -> r']));
    const before = await save(documentOf([table('t', 'AS_IT_WAS'), result('r')], ['t -> r']));
    bench.snowflake.when('GATE', () => undefined);
    const runId = await start(
      documentOf([call('first', workflowId), call('second', before), result('r')], ['first -> second', 'second -> r']),
    );
    await until(() => bench.snowflake.of('GATE').length === 1);
    await save(documentOf([table('t', 'SAVED_LATER'), result('r')], ['t -> r']), before, 1);
    for (const statement of bench.snowflake.of('GATE')) bench.snowflake.succeed(statement, 1);
    expect(await bench.ended(person, runId)).toMatchObject({ status: 'succeeded' });
    expect(bench.snowflake.of('AS_IT_WAS')).toHaveLength(1);
    expect(bench.snowflake.of('SAVED_LATER')).toHaveLength(0);
  });

  it('that fails is the failure of the node, which says where; other branches go on, and a failed write is not tried again', async () => {
    const { snowflake } = bench;
    const inner = await save(documentOf([table('t', 'FAILING'), write('w', 'FAILED_TARGET')], ['t -> w']));
    const outer = await save(documentOf([call('deeper', inner)], []));
    snowflake.when('FAILED_TARGET', (statement) => snowflake.fail(statement, 'Value 7 is wrong'));
    const run = await runToEnd(
      documentOf(
        [
          { ...call('c', outer), config: { ...call('c', outer).config, retry: { maxAttempts: 3, backoffMs: 0 } } },
          table('t', 'BESIDE'),
          result('shown'),
          result('r'),
        ],
        ['c -> shown', 't -> r'],
      ),
    );
    expect(run).toMatchObject({
      status: 'failed',
      nodes: {
        c: {
          status: 'failed',
          error: {
            code: '100038',
            message: 'In “A workflow”, step “deeper”: In “A workflow”, step “w”: Value 7 is wrong',
          },
        },
        r: { status: 'succeeded' },
      },
    });
    expect(snowflake.of('FAILED_TARGET')).toHaveLength(1);
  });

  it('is cancelled with the run, its statements too', async () => {
    const workflowId = await save(child('ENDLESS_CHILD'));
    bench.snowflake.when('ENDLESS_CHILD', () => undefined);
    const runId = await start(
      documentOf([map('m', workflowId, { least: '{{ item.N }}' }), table('t', 'NUMBERS')], ['t -> m']),
    );
    bench.rows.of('NUMBERS', [{ N: 1 }, { N: 2 }, { N: 3 }]);
    await until(() => bench.snowflake.of('ENDLESS_CHILD').length === 3);
    await bench.as(person, () => runs.cancel(runId));
    expect(await bench.ended(person, runId)).toMatchObject({ status: 'cancelled' });
    expect(bench.snowflake.of('ENDLESS_CHILD').every(({ cancelled }) => cancelled)).toBe(true);
  });

  async function silence(runId: string): Promise<void> {
    await worker.get(RunWorker).worker.close(true);
    // The dead write nothing: only who takes the run up next does.
    await store().statement(person.tenantId, sql`UPDATE workflow.runs SET fence = fence + 1 WHERE id = ${runId}`);
    await sql`UPDATE workflow.run_queue SET leased_by = 'nobody', leased_until = now() - interval '1 second'
              WHERE run_id = ${runId}`.execute(store().acrossTenants);
    worker = await bench.startWorker();
  }
  const rowsOf = (name: string, count: number) =>
    bench.rows.of(
      name,
      Array.from({ length: count }, (_, index) => ({ N: String(index) })),
    );

  it('goes on in the middle of a map after its worker fell silent: no statement of an item twice', async () => {
    const { snowflake } = bench;
    const workflowId = await save(child('ITEM_OF_MAP'));
    rowsOf('SOURCE_OF_MAP', 6);
    let held = true;
    snowflake.when('SOURCE_OF_MAP', (statement) => snowflake.succeed(statement, 6));
    snowflake.when('ITEM_OF_MAP', (statement) => {
      if (!held || statement.binds[0] === 0 || statement.binds[0] === 1) snowflake.succeed(statement, 1);
    });
    const runId = await start(
      documentOf(
        [table('t', 'SOURCE_OF_MAP'), map('m', workflowId, { least: '{{ item.N }}' }, { concurrency: 2 })],
        ['t -> m'],
      ),
    );
    // Of a statement whose query id is not written yet the next worker knows nothing but to ask again.
    await until(async () => (await queryIdsOf(runId)).filter((id) => id !== null).length === 5);
    expect(snowflake.of('ITEM_OF_MAP')).toHaveLength(4);
    const reads = bench.rows.reads;
    await silence(runId);
    held = false;
    for (const statement of snowflake.of('ITEM_OF_MAP')) {
      if (statement.status.state === 'running') snowflake.succeed(statement, 1);
    }
    const run = await bench.ended(person, runId);
    expect(run).toMatchObject({ status: 'succeeded', nodes: { m: { status: 'succeeded', rowCount: 6 } } });
    const binds = snowflake.of('ITEM_OF_MAP').map((statement) => statement.binds[0]);
    expect([...binds].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(snowflake.of('SOURCE_OF_MAP')).toHaveLength(1);
    expect(bench.rows.reads).toBe(reads);
    expect(await stepsOf(runId)).toEqual(['m', 'm/0/r', 'm/1/r', 'm/2/r', 'm/3/r', 'm/4/r', 'm/5/r']);
  });

  it('fails an item or the map, as the map says, and a retry runs only what is left', async () => {
    const { snowflake } = bench;
    const workflowId = await save(child('SOME_FAIL'));
    rowsOf('MANY', 3);
    snowflake.when('MANY', (statement) => snowflake.succeed(statement, 3));
    let fails = true;
    snowflake.when('SOME_FAIL', (statement) =>
      fails && statement.binds[0] === 1 ? snowflake.fail(statement, 'one is wrong') : snowflake.succeed(statement, 2),
    );
    const mapping = (itemErrors: string) =>
      documentOf(
        [
          table('t', 'MANY'),
          map('m', workflowId, { least: '{{ item.N }}' }, { itemErrors, concurrency: 1 }),
          table('after', 'AFTER_MAP'),
          { id: 'f', type: 'shape.filter', config: { expression: 'N > {{ nodes.m.failed }}' } },
          result('r'),
        ],
        ['t -> m', 'after -> f', 'f -> r'],
      );
    expect(await runToEnd(mapping('continue'))).toMatchObject({ status: 'succeeded' });
    expect(snowflake.of('AFTER_MAP')[0]?.binds).toEqual([1]);

    const failed = await runToEnd(mapping('fail'));
    expect(failed.nodes['m']?.error).toMatchObject({
      code: '100038',
      message: expect.stringMatching(/^Item 2: In “A workflow”/) as string,
    });
    expect(snowflake.of('SOME_FAIL')).toHaveLength(3 + 2);
    fails = false;
    const again = await bench.as(person, () => bench.service.get(RunStartService).retry(failed.id));
    expect(await bench.ended(person, again.runId)).toMatchObject({ status: 'succeeded' });
    expect(
      snowflake
        .of('SOME_FAIL')
        .slice(5)
        .map(({ binds }) => binds[0]),
    ).toEqual([1, 2]);
  });

  it('is not begun at all where there are too many rows, or a parameter is wrong', async () => {
    const workflowId = await save(child('NEVER_BEGUN'));
    bench.snowflake.when('TOO_MANY', (statement) => bench.snowflake.succeed(statement, 11));
    const tooMany = await runToEnd(
      documentOf([table('t', 'TOO_MANY'), map('m', workflowId, { least: 1 })], ['t -> m']),
    );
    expect(tooMany.nodes['m']?.error).toMatchObject({ code: 'LOOP_TOO_LARGE' });
    const wrong = await runToEnd(
      documentOf([call('c', workflowId, { least: 'x {{ parameters.p }}' })], [], {
        parameters: [{ name: 'p', type: 'string', default: 'y' }],
      }),
    );
    expect(wrong.nodes['c']?.error).toEqual({
      code: 'VALIDATION',
      message: '“A workflow” was not run. parameters.least: Give a number.',
      nodeId: 'c',
    });
    expect(bench.snowflake.of('NEVER_BEGUN')).toHaveLength(0);
  });

  it('lets the run wait while something in it waits, item by item, and goes on behind the decision', async () => {
    const workflowId = await save(approving());
    const boss = await bench.signIn(person.tenantId, {}, { username: 'BOSS' });
    const approvals = bench.service.get(ApprovalsService);
    rowsOf('ASKED', 2);
    bench.snowflake.when('ASKED', (statement) => bench.snowflake.succeed(statement, 2));
    const runId = await start(documentOf([table('t', 'ASKED'), map('m', workflowId, {})], ['t -> m']));
    const status = async () => (await bench.as(person, () => runs.get(runId))).status;
    await until(async () => (await status()) === 'waiting');
    const mine = async () =>
      (await bench.as(boss, () => approvals.list({}))).items
        .filter((item) => item.runId === runId)
        .map(({ nodeId }) => nodeId)
        .sort();
    expect(await mine()).toEqual(['m/0/ok', 'm/1/ok']);

    const decide = (nodeId: string) =>
      bench.as(boss, () => approvals.decide({ id: runId, nodeId, decision: 'approve' }));
    await decide('m/1/ok');
    await until(async () => bench.snowflake.of('APPROVED').length === 1 && (await status()) === 'waiting');
    expect(await mine()).toEqual(['m/0/ok']);
    await decide('m/0/ok');
    const run = await bench.ended(person, runId);
    expect(run).toMatchObject({ status: 'succeeded', nodes: { m: { status: 'succeeded' } } });
    expect(bench.snowflake.of('APPROVED')).toHaveLength(2);
    const { events } = await bench.as(person, () => runs.events({ id: runId, after: 0, limit: 500 }));
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['node.waiting', 'run.waiting', 'node.succeeded']),
    );
  });

  it('is checked before the run: whether it is there, what it takes, that it is right itself and that it ends', async () => {
    const known = await save(child('CHECKED'));
    const invalid = await save(documentOf([table('t', 'MISSING_TABLE'), result('r')], ['t -> r']));
    const calling = (...nodes: ReturnType<typeof call>[]) => documentOf(nodes, []);
    expect(await problemsOf(calling(call('c', 'wf_0000000000000000000000')))).toEqual([
      ['SOURCE_NOT_FOUND', 'c', 'workflowId'],
    ]);
    expect(await problemsOf(calling(call('c', known, { least: 1 }, { revision: 2 })))).toEqual([
      ['SOURCE_NOT_FOUND', 'c', 'workflowId'],
    ]);
    expect(await problemsOf(calling(call('c', known, { more: 1 })))).toEqual([
      ['UNKNOWN_PARAMETER', 'c', 'parameters.more'],
      ['INVALID_CONFIG', 'c', 'parameters.least'],
    ]);
    expect(await problemsOf(calling(call('c', invalid)))).toEqual([['INVALID_CONFIG', 'c', 'workflowId']]);

    const stranger = await bench.signIn(person.tenantId);
    const seen = await bench.as(stranger, () =>
      bench.service.get(ValidationService).validate(calling(call('c', known, { least: 1 }))),
    );
    expect(seen.problems[0]).toMatchObject({ code: 'SOURCE_NOT_FOUND' });
  });

  it('for each of many items begins no other once their results are too large together, whatever becomes of failures', async () => {
    const { snowflake } = bench;
    const inner = await save(documentOf([table('t', 'LARGE_ITEM'), result('r')], ['t -> r']));
    bench.rows.of(
      'LARGE_ONES',
      [...'abcdefgh'].map((N) => ({ N })),
    );
    snowflake.when('LARGE_ONES', (statement) => snowflake.succeed(statement, 8));
    snowflake.when('LARGE_ITEM', (statement) => snowflake.fail(statement, 'x'.repeat(100_000)));
    const each = map(
      'each',
      inner,
      {},
      { concurrency: 1, itemErrors: 'continue', retry: { maxAttempts: 2, backoffMs: 0 } },
    );
    const run = await runToEnd(documentOf([table('t', 'LARGE_ONES'), each], ['t -> each']));
    expect(run).toMatchObject({ status: 'failed', nodes: { each: { error: { code: 'LOOP_TOO_LARGE' } } } });
    expect(run.error?.message).toMatch(/“each” are larger than 256 KiB together after 3 of 8 items, so no other/);
    // Nor does another try begin one.
    expect(snowflake.of('LARGE_ITEM')).toHaveLength(3);
  });

  it('never calls itself, however many are between, nor more than five deep', async () => {
    const one = await save(documentOf([table('t', 'LOOP'), result('r')], ['t -> r']));
    const two = await save(documentOf([call('to_one', one)], []));
    await save(documentOf([map('to_two', two, {}), table('t', 'LOOP')], ['t -> to_two']), one, 1);
    expect(await problemsOf(documentOf([call('c', two)], []))).toEqual([['LOOP_UNBOUNDED', 'c', 'workflowId']]);

    let deepest = await save(documentOf([table('t', 'DEEP'), result('r')], ['t -> r']));
    for (let depth = 1; depth < 5; depth += 1) deepest = await save(documentOf([call('c', deepest)], []));
    expect(await problemsOf(documentOf([call('c', deepest)], []))).toEqual([]);
    expect(await runToEnd(documentOf([call('c', deepest)], []))).toMatchObject({ status: 'succeeded' });
    deepest = await save(documentOf([call('c', deepest)], []));
    expect(await problemsOf(documentOf([call('c', deepest)], []))).toEqual([['LOOP_UNBOUNDED', 'c', 'workflowId']]);

    let wide = await save(documentOf([table('t', 'WIDE'), result('r')], ['t -> r']));
    const four = ['a', 'b', 'c', 'd'];
    for (let depth = 1; depth < 5; depth += 1)
      wide = await save(
        documentOf(
          four.map((id) => call(id, wide)),
          [],
        ),
      );
    expect(await problemsOf(documentOf([call('c', wide)], []))).toEqual([['LOOP_UNBOUNDED', 'c', 'workflowId']]);
  });
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const giveUpAt = Date.now() + 15_000; !(await condition());) {
    if (Date.now() > giveUpAt) throw new Error('It did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
