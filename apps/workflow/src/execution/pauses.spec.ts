import type { INestApplicationContext } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { eventually } from '@snowflow/testing/eventually';
import { SessionRunsService } from '../runs/session-runs.service';
import { approval, documentOf, result, table, wait, write } from '../testing/documents';
import { RunPilot } from '../testing/run-pilot';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';

describe('A run that pauses', () => {
  let bench: WorkflowBench;
  let pilot: RunPilot;
  let runner: Person;
  let finance: Person;
  let worker: INestApplicationContext;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    runner = await bench.signIn(undefined, {}, { username: 'RUNNER' });
    finance = await bench.signIn(runner.tenantId, { role: 'FINANCE' }, { username: 'FINN' });
    pilot = new RunPilot(bench, runner);
    worker = await bench.startWorker({ name: 'first' });
  }, 60_000);
  afterAll(() => bench?.stop());

  const asking = (name: string, config: Record<string, unknown> = {}) =>
    documentOf(
      [table('t', name), approval('ask', config), result('yes'), result('no')],
      ['t -> ask', 'ask.approved -> yes', 'ask.rejected -> no'],
    );
  const failing = (name: string) => {
    bench.snowflake.when(name, (statement) => bench.snowflake.fail(statement, 'no'));
    return name;
  };

  describe('and whose worker dies', () => {
    it('waits on without one, and goes on in another when it is decided', async () => {
      const runId = await pilot.start({ definition: asking('ORPHANED') });
      const before = await pilot.resting(runId);
      await worker.close();
      await pilot.decide(finance, runId, 'ask');
      worker = await bench.startWorker({ name: 'second' });
      const run = await pilot.ended(runId);
      expect(run).toMatchObject({ status: 'succeeded', nodes: { yes: { status: 'succeeded' } } });
      expect(run.nodes['ask']?.startedAt).toBe(before.nodes['ask']?.startedAt);
      await pilot.story(runId);
    });

    it('keeps the decision, which nobody is asked for again, and the statement behind it', async () => {
      const { snowflake } = bench;
      snowflake.when('BEHIND_IT', () => undefined);
      const runId = await pilot.start({
        definition: documentOf(
          [table('t', 'X'), approval('ask'), write('w', 'BEHIND_IT')],
          ['t -> ask', 'ask.approved -> w'],
        ),
      });
      await pilot.resting(runId);
      await pilot.decide(finance, runId, 'ask');
      await pilot.nodeIs(runId, 'w', 'running');
      const silent = worker;
      await pilot.once(runId, ({ nodes }) => nodes['w']?.queryId !== undefined);
      await pilot.silence(silent, runId);
      worker = await bench.startWorker({ name: 'third' });
      await eventually(async () => (await pilot.leaseOf(runId)) === 'third');
      for (const statement of snowflake.of('BEHIND_IT')) snowflake.succeed(statement, 1);
      expect(await pilot.ended(runId)).toMatchObject({ status: 'succeeded', nodes: { ask: { status: 'succeeded' } } });
      expect(snowflake.of('BEHIND_IT')).toHaveLength(1);
      expect(await pilot.approvalsOf(finance)).toEqual([]);
      const story = await pilot.story(runId);
      expect(story.filter(({ type }) => type === 'node.waiting')).toHaveLength(1);
      await silent.close();
    });

    it('is cancelled with the statement that the dead one left', async () => {
      const { snowflake } = bench;
      snowflake.when('LEFT_BEHIND', () => undefined);
      const runId = await pilot.start({ definition: documentOf([table('t', 'LEFT_BEHIND'), result('r')], ['t -> r']) });
      await pilot.once(runId, ({ nodes }) => nodes['r']?.queryId !== undefined);
      const silent = worker;
      await pilot.silence(silent, runId);
      await pilot.cancel(runId);
      worker = await bench.startWorker({ name: 'fourth' });
      expect(await pilot.ended(runId)).toMatchObject({ status: 'cancelled' });
      expect(snowflake.of('LEFT_BEHIND').map(({ cancelled }) => cancelled)).toEqual([true]);
      await pilot.story(runId);
      await silent.close();
    });
  });

  it('rests without end where nothing says when to look again', async () => {
    const runId = await pilot.start({ definition: asking('ENDLESS') });
    await pilot.resting(runId);
    expect(await pilot.looksAgainAt(runId)).toBeUndefined();
    await pilot.cancel(runId);
    await pilot.ended(runId);
  });

  it('goes on by itself when its time has come, and not before', async () => {
    const definition = documentOf([table('t', 'LATER'), wait('w', 3_600), result('r')], ['t -> w', 'w -> r']);
    const runId = await pilot.start({ definition });
    const { nodes } = await pilot.resting(runId);
    const begun = Date.parse(nodes['w']?.startedAt ?? '');
    expect(((await pilot.looksAgainAt(runId))?.getTime() ?? 0) - begun).toBeGreaterThanOrEqual(3_600_000);
    expect(bench.snowflake.of('LATER')).toHaveLength(0);
    await pilot.minutesPass(runId, 60);
    expect(await pilot.ended(runId)).toMatchObject({ status: 'succeeded', nodes: { w: { status: 'succeeded' } } });
    expect(bench.snowflake.of('LATER')).toHaveLength(1);
  });

  it('goes on after a short wait beside a branch that still runs', async () => {
    const { snowflake } = bench;
    snowflake.when('STILL_RUNNING', () => undefined);
    const runId = await pilot.start({
      definition: documentOf(
        [table('s', 'STILL_RUNNING'), result('slow'), table('t', 'AWHILE'), wait('w', 1), result('r')],
        ['s -> slow', 't -> w', 'w -> r'],
      ),
    });
    const beside = await pilot.nodeIs(runId, 'r', 'succeeded');
    expect(beside).toMatchObject({ status: 'running', nodes: { slow: { status: 'running' } } });
    for (const statement of snowflake.of('STILL_RUNNING')) snowflake.succeed(statement);
    expect(await pilot.ended(runId)).toMatchObject({ status: 'succeeded' });
  });

  describe('for an approval with a time limit', () => {
    it('goes the way its settings say when the time is over; a decision then comes too late', async () => {
      const runId = await pilot.start({ definition: asking('TIMED_OUT', { timeoutMinutes: 60, onTimeout: 'reject' }) });
      await pilot.resting(runId);
      await pilot.minutesPass(runId, 60);
      expect(await pilot.ended(runId)).toMatchObject({
        status: 'succeeded',
        nodes: { ask: { status: 'succeeded' }, yes: { status: 'skipped' }, no: { status: 'succeeded' } },
      });
      await expect(pilot.decide(finance, runId, 'ask')).rejects.toMatchObject({ code: 'APPROVAL_DECIDED' });
    });

    it('fails at the approval where its settings say so', async () => {
      const runId = await pilot.start({
        definition: asking('FAILED_TO_ASK', { timeoutMinutes: 60, onTimeout: 'fail' }),
      });
      await pilot.resting(runId);
      await pilot.minutesPass(runId, 61);
      expect(await pilot.ended(runId)).toMatchObject({
        status: 'failed',
        error: { code: 'APPROVAL_TIMED_OUT', nodeId: 'ask' },
        nodes: { ask: { status: 'failed', error: { code: 'APPROVAL_TIMED_OUT' } }, yes: { status: 'skipped' } },
      });
      await pilot.story(runId);
    });

    it('asks others too after a while, once, and still waits', async () => {
      const boss = await bench.signIn(runner.tenantId, {}, { username: 'BOSS' });
      const escalation = { escalateTo: ['user:BOSS'], escalateAfterMinutes: 30, timeoutMinutes: 60 };
      const runId = await pilot.start({ definition: asking('ESCALATED', escalation) });
      await pilot.resting(runId);
      expect(await pilot.approvalsOf(boss)).toEqual([]);
      await expect(pilot.decide(boss, runId, 'ask')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await pilot.minutesPass(runId, 30);
      await eventually(async () => (await pilot.approvalsOf(boss)).length === 1);
      expect(await pilot.approvalsOf(finance)).toMatchObject([{ runId }]);
      await pilot.decide(boss, runId, 'ask');
      expect(await pilot.ended(runId)).toMatchObject({ status: 'succeeded', nodes: { yes: { status: 'succeeded' } } });
      expect((await pilot.story(runId)).filter(({ type }) => type === 'node.waiting')).toHaveLength(1);
    });
  });

  it('waits although another branch has failed, and fails when its own is through', async () => {
    const runId = await pilot.start({
      definition: documentOf(
        [table('b', failing('BAD_SIDE')), result('bad'), table('t', 'GOOD_SIDE'), approval('ask'), result('good')],
        ['b -> bad', 't -> ask', 'ask.approved -> good'],
      ),
    });
    const resting = await pilot.resting(runId);
    expect(resting).toMatchObject({ nodes: { bad: { status: 'failed' }, ask: { status: 'waiting' } } });
    await pilot.decide(finance, runId, 'ask');
    expect(await pilot.ended(runId)).toMatchObject({
      status: 'failed',
      error: { code: '100038', nodeId: 'bad', message: 'no' },
      nodes: { good: { status: 'succeeded' }, bad: { status: 'failed' } },
    });
    expect(bench.snowflake.of('BAD_SIDE')).toHaveLength(1);
    await pilot.story(runId);
  });

  describe('while its person’s session ends', () => {
    const left = async (name: string) => {
      const leaving = await bench.signIn(runner.tenantId, {}, { username: 'LEAVING' });
      const theirs = new RunPilot(bench, leaving);
      const runId = await theirs.start({ definition: asking(name) });
      await theirs.resting(runId);
      await bench.service.get(SessionStore).remove(leaving.id);
      return { leaving, theirs, runId };
    };
    const again = ({ userId }: Person) => bench.signIn(runner.tenantId, {}, { userId, username: 'LEAVING' });

    it('waits for them after the decision, and goes on in the session they begin', async () => {
      const { leaving, theirs, runId } = await left('SIGNED_OUT');
      bench.snowflake.isOver = true;
      await pilot.decide(finance, runId, 'ask');
      await theirs.once(runId, ({ nodes, status }) => status === 'waiting' && nodes['yes']?.waitsFor === 'session');
      bench.snowflake.isOver = false;
      const back = await again(leaving);
      await bench.as(back, () => bench.service.get(SessionRunsService).resumeAll());
      expect(await theirs.ended(runId)).toMatchObject({ status: 'succeeded', nodes: { yes: { status: 'succeeded' } } });
      expect(bench.snowflake.of('SIGNED_OUT')).toHaveLength(1);
      await theirs.story(runId);
    });

    it('goes on in the session they began meanwhile, without waiting for one more', async () => {
      const { leaving, theirs, runId } = await left('BACK_ALREADY');
      const back = await again(leaving);
      await bench.as(back, () => bench.service.get(SessionRunsService).resumeAll());
      bench.snowflake.refused.push(new AppError('SNOWFLAKE_SESSION_ENDED', 'Over.'));
      await pilot.decide(finance, runId, 'ask');
      expect(await theirs.ended(runId)).toMatchObject({ status: 'succeeded' });
      expect(bench.snowflake.of('BACK_ALREADY')).toHaveLength(1);
      await theirs.story(runId);
    });

    it('can be cancelled while it waits for them', async () => {
      const { theirs, runId } = await left('NEVER_BACK');
      bench.snowflake.isOver = true;
      await pilot.decide(finance, runId, 'ask');
      await theirs.once(runId, ({ nodes, status }) => status === 'waiting' && nodes['yes']?.status === 'waiting');
      await theirs.cancel(runId);
      expect(await theirs.ended(runId)).toMatchObject({ status: 'cancelled', nodes: { yes: { status: 'cancelled' } } });
      bench.snowflake.isOver = false;
    });
  });
});
