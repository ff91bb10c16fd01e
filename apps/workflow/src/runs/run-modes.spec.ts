import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { approval, condition, documentOf, filter, result, table, write } from '../testing/documents';
import { RunPilot } from '../testing/run-pilot';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';

describe('A run that goes on from another', () => {
  let bench: WorkflowBench;
  let pilot: RunPilot;
  let runner: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    runner = await bench.signIn();
    pilot = new RunPilot(bench, runner);
    await bench.startWorker();
  }, 60_000);
  afterAll(() => bench?.stop());

  const sent = (holds: string) => bench.snowflake.of(holds).length;
  /** Fails the first time. */
  const failOnce = (name: string) => {
    let failed = false;
    bench.snowflake.when(name, (statement) => {
      if (failed) return bench.snowflake.succeed(statement);
      failed = true;
      return bench.snowflake.fail(statement, 'no');
    });
  };
  const longAgo = (runId: string) =>
    bench.service
      .get(WorkflowStore)
      .statement(
        runner.tenantId,
        sql`UPDATE workflow.step_outcomes SET at = now() - interval '25 hours' WHERE run_id = ${runId}`,
      );

  /** c is computed once; then a written table and a result, both over c. */
  const shared = (name: string, target: string) =>
    documentOf(
      [table('t', name), filter('c', { materialise: true }), write('w', target), result('r')],
      ['t -> c', 'c -> w', 'c -> r'],
    );

  describe('by a retry', () => {
    it('takes over what succeeded, whose statements are not sent again, and runs what failed and what follows', async () => {
      failOnce('FAILS_ONCE');
      const first = await pilot.runToEnd({ definition: shared('ONCE_COMPUTED', 'FAILS_ONCE') });
      expect(first).toMatchObject({ status: 'failed', nodes: { r: { status: 'succeeded' }, w: { status: 'failed' } } });
      const again = await pilot.ended(await pilot.retry(first.id));
      expect(again).toMatchObject({ status: 'succeeded', nodes: { w: { status: 'succeeded', rowCount: 3 } } });
      expect(again.id).not.toBe(first.id);
      expect([again.nodes['c'], again.nodes['t'], again.nodes['r']]).toEqual([
        first.nodes['c'],
        first.nodes['t'],
        first.nodes['r'],
      ]);
      expect([sent('ONCE_COMPUTED'), sent('FAILS_ONCE')]).toEqual([1, 2]);
      expect(bench.snowflake.of('FAILS_ONCE').map(({ binds }) => binds)).toEqual([
        [first.nodes['c']?.queryId],
        [first.nodes['c']?.queryId],
      ]);
      await pilot.story(again.id);
    });

    it('is the same one for the same key, and has nothing to do where everything came to its end', async () => {
      failOnce('KEYED_RETRY');
      const first = await pilot.runToEnd({ definition: shared('K', 'KEYED_RETRY') });
      const ids = await Promise.all([1, 2, 3].map(() => pilot.retry(first.id, 'retry-key')));
      expect(new Set(ids).size).toBe(1);
      const again = await pilot.ended(ids[0] ?? '');
      expect(sent('KEYED_RETRY')).toBe(2);
      await expect(pilot.retry(again.id)).rejects.toMatchObject({
        code: 'VALIDATION',
        message: expect.stringContaining('Nothing is left to try again'),
      });
    });

    it('takes a failure over that let its run go on, as it went on', async () => {
      failOnce('GOES_ON');
      failOnce('STOPS');
      const tolerant = { ...result('a'), config: { name: 'a', view: 'table', onError: 'continue' } };
      const first = await pilot.runToEnd({
        definition: documentOf(
          [table('t', 'GOES_ON'), tolerant, table('s', 'STOPS'), result('b')],
          ['t -> a', 's -> b'],
        ),
      });
      const again = await pilot.ended(await pilot.retry(first.id));
      expect(again).toMatchObject({ status: 'succeeded', nodes: { b: { status: 'succeeded' } } });
      expect(again.nodes['a']).toEqual(first.nodes['a']);
      expect(again.nodes['a']).toMatchObject({ status: 'failed', error: { message: 'no' } });
      expect([sent('GOES_ON'), sent('STOPS')]).toEqual([1, 2]);
    });

    it('keeps decisions: an approval is not asked again', async () => {
      failOnce('APPROVED_ONCE');
      const definition = documentOf(
        [
          table('t', 'Y'),
          approval('ask', { approvers: ['role:ANALYST'], allowRunner: true }),
          write('w', 'APPROVED_ONCE'),
        ],
        ['t -> ask', 'ask.approved -> w'],
      );
      const runId = await pilot.start({ definition });
      await pilot.resting(runId);
      await pilot.decide(runner, runId, 'ask');
      expect(await pilot.ended(runId)).toMatchObject({ status: 'failed' });
      expect(await pilot.ended(await pilot.retry(runId))).toMatchObject({
        status: 'succeeded',
        nodes: { ask: { status: 'succeeded' }, w: { status: 'succeeded' } },
      });
    });

    it('is refused while the run goes on, to others, in another context, and when a result it reads is gone', async () => {
      bench.snowflake.when('GOING_ON', () => undefined);
      const going = await pilot.start({ definition: documentOf([table('t', 'GOING_ON'), result('r')], ['t -> r']) });
      await expect(pilot.retry(going)).rejects.toMatchObject({ code: 'VALIDATION' });
      await pilot.cancel(going);

      failOnce('OLD_RETRY');
      const { id } = await pilot.runToEnd({ definition: shared('O', 'OLD_RETRY') });
      const retryAs = async (more: object, who?: Partial<Person>) => {
        const other = await bench.signIn(runner.tenantId, more, { userId: who?.userId ?? runner.userId });
        return new RunPilot(bench, other).retry(id);
      };
      await expect(retryAs({}, { userId: 'usr_other' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(retryAs({ role: 'SYSADMIN' })).rejects.toMatchObject({ code: 'CONTEXT_DIFFERS' });
      await longAgo(id);
      await expect(pilot.retry(id)).rejects.toMatchObject({ code: 'RESULT_EXPIRED' });
    });
  });

  describe('up to a node', () => {
    it('runs what that node needs, with its rows as the result, and nothing else', async () => {
      const definition = documentOf(
        [table('t', 'UP_TO'), filter('f'), write('w', 'NOT_YET'), table('s', 'ASIDE'), result('r')],
        ['t -> f', 'f -> w', 's -> r'],
      );
      const run = await pilot.runToEnd({ definition, mode: { to: 'f' } });
      expect(run).toMatchObject({ status: 'succeeded', nodes: { f: { status: 'succeeded', rowCount: 3 } } });
      expect(run.plan.map(({ step }) => step)).toEqual(['f']);
      expect([sent('UP_TO'), sent('NOT_YET'), sent('ASIDE')]).toEqual([1, 0, 0]);
      await expect(pilot.start({ definition, mode: { to: 'nobody' } })).rejects.toMatchObject({
        code: 'VALIDATION',
        details: { errors: [{ path: 'mode.to', message: 'Name a node of the workflow' }] },
      });
      await expect(pilot.start({ definition, mode: { up: 'f' } })).rejects.toMatchObject({ code: 'VALIDATION' });
    });
  });

  describe('from a node', () => {
    it('runs that and what follows, over the outcomes that the earlier run gives', async () => {
      const definition = shared('GIVEN', 'FROM_TARGET');
      const first = await pilot.runToEnd({ definition });
      const run = await pilot.runToEnd({ definition, mode: { from: 'w', runId: first.id } });
      expect(run).toMatchObject({ status: 'succeeded', nodes: { w: { status: 'succeeded' } } });
      expect(run.plan.map(({ step }) => step)).toEqual(['c', 'w']);
      expect(run.nodes['c']).toEqual(first.nodes['c']);
      expect([sent('GIVEN'), sent('FROM_TARGET')]).toEqual([1, 2]);
      expect(bench.snowflake.of('FROM_TARGET')[1]?.binds).toEqual([first.nodes['c']?.queryId]);
    });

    it('is refused where the earlier run did not get that far, has other columns, or was of another workflow', async () => {
      failOnce('NOT_THAT_FAR');
      const definition = shared('NOT_THAT_FAR', 'NEVER_TARGET');
      const first = await pilot.runToEnd({ definition });
      await expect(pilot.start({ definition, mode: { from: 'w', runId: first.id } })).rejects.toMatchObject({
        code: 'VALIDATION',
        message: expect.stringContaining('has no outcome of the node c'),
        details: { errors: [{ path: 'mode.runId' }] },
      });

      bench.snowflake.when('RENAMED', (statement) => {
        statement.status = {
          state: 'succeeded',
          queryId: statement.queryId,
          columns: [{ name: 'M', type: 'NUMBER(38,0)', nullable: true }],
          rowCount: 1,
          role: statement.context.role,
        };
      });
      const renamed = shared('RENAMED', 'RENAMED_TARGET');
      const other = await pilot.runToEnd({ definition: renamed });
      await expect(pilot.start({ definition: renamed, mode: { from: 'w', runId: other.id } })).rejects.toMatchObject({
        code: 'VALIDATION',
        message: expect.stringContaining('has no column N'),
      });

      const workflows = bench.service.get(WorkflowsService);
      const save = (name: string) =>
        bench.as(runner, () => workflows.save({ definition: { ...shared('TWO', 'TWO_TARGET'), name } }));
      const [one, two] = [await save('One'), await save('Two')];
      const ofOne = await pilot.runToEnd({ workflowId: one.id });
      await expect(pilot.start({ workflowId: two.id, mode: { from: 'w', runId: ofOne.id } })).rejects.toMatchObject({
        code: 'VALIDATION',
        message: expect.stringContaining('another workflow'),
      });
      expect(sent('NEVER_TARGET')).toBe(0);
    });
  });

  describe('with a pinned result', () => {
    const pinnedTo = (runId: string, name: string, nodeId = 'c') =>
      documentOf(
        [
          table('t', name),
          condition('check', 'ROW_COUNT > 0'),
          filter('c', { pinned: { runId, nodeId } }),
          result('r'),
        ],
        ['t -> check', 'check.true -> c', 'c -> r'],
      );
    const first = async (name: string) => (await pilot.runToEnd({ definition: shared(name, `${name}_W`) })).id;

    it('reads it, and runs nothing that only it would have needed', async () => {
      const earlier = await pilot.get(await first('PINNED'));
      const run = await pilot.runToEnd({ definition: pinnedTo(earlier.id, 'NOT_READ') });
      expect(run).toMatchObject({
        status: 'succeeded',
        nodes: { c: { status: 'succeeded', queryId: earlier.nodes['c']?.queryId }, r: { status: 'succeeded' } },
      });
      expect(sent('NOT_READ')).toBe(0);
      const [statement] = bench.snowflake.submitted.filter(({ tag }) => tag.run === run.id);
      expect(statement?.sql).toContain('RESULT_SCAN(?)');
      expect(statement?.binds).toEqual([earlier.nodes['c']?.queryId]);
    });

    it('is refused where that is somebody else’s, of another context, gone, missing, or no result', async () => {
      const runId = await first('REFUSED_PIN');
      const definition = pinnedTo(runId, 'NEVER_READ');
      const stranger = new RunPilot(bench, await bench.signIn(runner.tenantId));
      await expect(stranger.start({ definition })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const elsewhere = await bench.signIn(runner.tenantId, { warehouse: 'OTHER_WH' }, { userId: runner.userId });
      await expect(new RunPilot(bench, elsewhere).start({ definition })).rejects.toMatchObject({
        code: 'CONTEXT_DIFFERS',
      });
      await expect(pilot.start({ definition: pinnedTo(runId, 'NEVER_READ', 't') })).rejects.toMatchObject({
        code: 'VALIDATION',
        details: { errors: [{ path: 'nodes.c.config.pinned' }] },
      });
      await longAgo(runId);
      await expect(pilot.start({ definition })).rejects.toMatchObject({ code: 'RESULT_EXPIRED' });

      const skipped = await pilot.runToEnd({
        definition: documentOf(
          [
            table('t', 'SKIPPED_PIN'),
            condition('check', 'ROW_COUNT > 0'),
            filter('c', { materialise: true }),
            result('r'),
          ],
          ['t -> check', 'check.false -> c', 'c -> r'],
        ),
      });
      await expect(pilot.start({ definition: pinnedTo(skipped.id, 'NEVER_READ') })).rejects.toMatchObject({
        code: 'VALIDATION',
        message: expect.stringContaining('has no result'),
      });
      expect(sent('NEVER_READ')).toBe(0);
    });
  });

  it('shows a few rows of every relation in a debug run, decides conditions, and writes, asks and sends nothing', async () => {
    const definition = documentOf(
      [
        table('t', 'DEBUGGED'),
        filter('f'),
        condition('check', 'ROW_COUNT > 1'),
        filter('yes', { onError: 'branch' }),
        filter('after'),
        write('w', 'NOT_WRITTEN'),
        approval('ask'),
        filter('behind'),
        result('r'),
      ],
      [
        't -> f',
        'f -> check',
        'check.true -> yes',
        'yes -> after',
        'after -> w',
        'f -> ask',
        'ask.approved -> behind',
        'behind -> r',
      ],
    );
    const run = await pilot.runToEnd({ definition, mode: 'debug' });
    expect(run).toMatchObject({ status: 'succeeded' });
    const statements = bench.snowflake.submitted.filter(({ tag }) => tag.run === run.id);
    expect(Object.fromEntries(statements.map(({ tag, sql: text }) => [tag.node, text.endsWith('LIMIT 100')]))).toEqual({
      t: true,
      f: true,
      check: false,
      yes: false,
      after: true,
    });
    expect(run.nodes).toMatchObject({ after: { status: 'succeeded', rowCount: 3 }, check: { status: 'succeeded' } });
    expect(sent('NOT_WRITTEN')).toBe(0);
  });

  it('computes a node once that says so: later statements read its result by its query id', async () => {
    const run = await pilot.runToEnd({ definition: shared('COMPUTED', 'COMPUTED_TARGET') });
    expect(run).toMatchObject({ status: 'succeeded', nodes: { c: { rowCount: 3 }, t: { status: 'succeeded' } } });
    const statements = bench.snowflake.submitted.filter(({ tag }) => tag.run === run.id);
    expect(statements.map(({ tag }) => tag.node)).toEqual(['c', 'w', 'r']);
    for (const reading of statements.slice(1)) {
      expect(reading.sql).toContain('TABLE(RESULT_SCAN(?))');
      expect(reading.sql).not.toContain('"COMPUTED"');
      expect(reading.binds).toEqual([run.nodes['c']?.queryId]);
    }
  });
});
