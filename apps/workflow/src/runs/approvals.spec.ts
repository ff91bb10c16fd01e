import { approval, condition, documentOf, filter, result, table, write } from '../testing/documents';
import { RunPilot } from '../testing/run-pilot';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';

describe('An approval', () => {
  let bench: WorkflowBench;
  let pilot: RunPilot;
  let runner: Person;
  let finance: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    runner = await bench.signIn(undefined, {}, { username: 'RUNNER' });
    finance = await bench.signIn(runner.tenantId, { role: 'FINANCE' }, { username: 'FINN' });
    pilot = new RunPilot(bench, runner);
    await bench.startWorker();
  }, 60_000);
  afterAll(() => bench?.stop());

  const asking = (name: string, config: Record<string, unknown> = {}) =>
    documentOf(
      [table('t', name), approval('ask', config), result('yes'), result('no')],
      ['t -> ask', 'ask.approved -> yes', 'ask.rejected -> no'],
    );
  const waitingRun = async (definition: Record<string, unknown>) => {
    const runId = await pilot.start({ definition });
    await pilot.resting(runId);
    return runId;
  };
  const financeSees = async (runId: string) => (await pilot.approvalsOf(finance)).find((one) => one.runId === runId);

  it('lets the run rest until somebody with the role decides, and then go their way only', async () => {
    const runId = await waitingRun(asking('BY_ROLE'));
    expect(bench.snowflake.of('BY_ROLE')).toHaveLength(0);
    expect([await pilot.leaseOf(runId), await pilot.looksAgainAt(runId)]).toEqual([null, undefined]);
    expect(await financeSees(runId)).toMatchObject({
      nodeId: 'ask',
      runner: 'RUNNER',
      message: 'Go on?',
      until: null,
      waitingSince: expect.any(String),
    });
    await pilot.decide(finance, runId, 'ask', { comment: 'fine' });
    const run = await pilot.ended(runId);
    expect(run).toMatchObject({
      status: 'succeeded',
      nodes: {
        ask: { status: 'succeeded', attempts: 1 },
        yes: { status: 'succeeded', rowCount: 3 },
        no: { status: 'skipped' },
      },
    });
    expect(bench.snowflake.of('BY_ROLE')).toHaveLength(1);
    expect(await financeSees(runId)).toBeUndefined();
    const [first, ...more] = (await pilot.story(runId)).filter(({ type }) => type === 'run.waiting');
    expect([first?.type, more]).toEqual(['run.waiting', []]);
    const types = (await pilot.story(runId)).map(({ type, data }) => [type, data.nodeId].join(' ').trim());
    expect(types.slice(0, 6)).toEqual([
      'run.queued',
      'run.started',
      'node.running ask',
      'node.waiting ask',
      'run.waiting',
      'run.started',
    ]);
  });

  it('is decided by a person who is named, and rejected too', async () => {
    const ann = await bench.signIn(runner.tenantId, {}, { username: 'ANN' });
    const runId = await waitingRun(asking('BY_NAME', { approvers: ['role:NOBODY', 'user:ANN'] }));
    expect(await financeSees(runId)).toBeUndefined();
    expect(await pilot.approvalsOf(ann)).toMatchObject([{ runId }]);
    await pilot.decide(ann, runId, 'ask', { decision: 'reject' });
    expect(await pilot.ended(runId)).toMatchObject({
      status: 'succeeded',
      nodes: { yes: { status: 'skipped' }, no: { status: 'succeeded' } },
    });
  });

  it('is not the runner’s, unless it says so; for others it is not there', async () => {
    const sameRole = ['role:ANALYST'];
    const runId = await waitingRun(asking('NOT_MINE', { approvers: sameRole }));
    expect(await pilot.approvalsOf(runner)).toEqual([]);
    await expect(pilot.decide(runner, runId, 'ask')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const elsewhere = await bench.signIn(undefined, { role: 'ANALYST' });
    for (const stranger of [finance, elsewhere]) {
      await expect(pilot.decide(stranger, runId, 'ask')).rejects.toMatchObject({
        code: 'NOT_FOUND',
        message: 'There is no such run.',
      });
    }
    await expect(pilot.decide(finance, runId, 'yes')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await pilot.cancel(runId);

    const mine = await waitingRun(asking('MINE', { approvers: sameRole, allowRunner: true }));
    expect(await pilot.approvalsOf(runner)).toMatchObject([{ runId: mine }]);
    await pilot.decide(runner, mine, 'ask');
    expect(await pilot.ended(mine)).toMatchObject({ status: 'succeeded' });
  });

  it('takes its form by type, and gives what was filled in to later texts', async () => {
    const form = [
      { name: 'reason', required: true },
      { name: 'least', type: 'number' },
      { name: 'day', type: 'date' },
      { name: 'sure', type: 'boolean' },
    ];
    const runId = await waitingRun(
      documentOf(
        [
          table('t', 'FORMED'),
          approval('ask', { form }),
          { id: 'f', type: 'shape.filter', config: { expression: 'N > {{ nodes.ask.least }}' } },
          result('r'),
        ],
        ['t -> ask', 'ask.approved -> f', 'f -> r'],
      ),
    );
    const wrong = { least: 'many', day: '2027-13-45', sure: 'yes', other: 1 };
    await expect(pilot.decide(finance, runId, 'ask', { form: wrong })).rejects.toMatchObject({
      code: 'VALIDATION',
      details: {
        errors: expect.arrayContaining([
          { path: 'form.reason', message: 'Fill it in' },
          { path: 'form.least', message: 'Give a number' },
          { path: 'form.day', message: 'Give a date as YYYY-MM-DD' },
          { path: 'form.sure', message: 'Give true or false' },
          { path: 'form.other', message: 'The form has no such field' },
        ]),
      },
    });
    await pilot.decide(finance, runId, 'ask', { form: { reason: 'audit', least: 7, day: '2027-01-31', sure: true } });
    expect(await pilot.ended(runId)).toMatchObject({ status: 'succeeded' });
    expect(bench.snowflake.of('FORMED').map(({ binds }) => binds)).toEqual([[7]]);
  });

  it('is decided once: whoever comes later, and whoever decides at the same moment, is told', async () => {
    const runId = await waitingRun(asking('ONCE'));
    const tries = await Promise.allSettled(
      ['approve', 'reject', 'approve', 'reject'].map((decision) =>
        pilot.decide(finance, runId, 'ask', { decision: decision as 'approve' | 'reject' }),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of tries) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'APPROVAL_DECIDED' });
    }
    await pilot.ended(runId);
    await expect(pilot.decide(finance, runId, 'ask')).rejects.toMatchObject({ code: 'APPROVAL_DECIDED' });
    await pilot.story(runId);
  });

  it('takes no decision after its run was cancelled, which it is within five seconds while it waits', async () => {
    const runId = await waitingRun(asking('CANCELLED'));
    const askedAt = Date.now();
    await pilot.cancel(runId);
    const run = await pilot.ended(runId);
    expect(Date.now() - askedAt).toBeLessThan(5_000);
    expect(run).toMatchObject({
      status: 'cancelled',
      nodes: { ask: { status: 'cancelled' }, yes: { status: 'cancelled' } },
    });
    await expect(pilot.decide(finance, runId, 'ask')).rejects.toMatchObject({ code: 'APPROVAL_DECIDED' });
    await expect(pilot.cancel(runId)).rejects.toMatchObject({ code: 'RUN_ENDED' });
    expect(bench.snowflake.of('CANCELLED')).toHaveLength(0);
    await pilot.story(runId);
  });

  it('is asked beside a running branch, and what it lets through goes on beside it', async () => {
    const { snowflake } = bench;
    snowflake.when('SLOW_SIDE', () => undefined);
    const runId = await pilot.start({
      definition: documentOf(
        [
          table('s', 'SLOW_SIDE'),
          result('slow'),
          table('t', 'FREED'),
          approval('ask'),
          filter('f'),
          write('w', 'FREED_TO'),
        ],
        ['s -> slow', 't -> ask', 'ask.approved -> f', 'f -> w'],
      ),
    });
    await pilot.once(runId, ({ nodes }) => nodes['slow']?.queryId !== undefined && nodes['ask']?.status === 'waiting');
    await pilot.decide(finance, runId, 'ask');
    const beside = await pilot.nodeIs(runId, 'w', 'succeeded');
    expect(beside).toMatchObject({ status: 'running', nodes: { slow: { status: 'running' } } });
    for (const statement of snowflake.of('SLOW_SIDE')) snowflake.succeed(statement);
    expect(await pilot.ended(runId)).toMatchObject({ status: 'succeeded', nodes: { slow: { rowCount: 3 } } });
    expect(snowflake.of('FREED_TO')).toHaveLength(1);
    expect((await pilot.story(runId)).filter(({ type }) => type === 'run.started')).toHaveLength(1);
  });

  it('may come three times in one run, one after another and side by side', async () => {
    const runId = await waitingRun(
      documentOf(
        [
          table('t', 'THRICE'),
          approval('first'),
          condition('check', 'ROW_COUNT > 0'),
          approval('second'),
          approval('third'),
          { id: 'u', type: 'shape.union', config: {} },
          result('r'),
        ],
        [
          't -> first',
          'first.approved -> check',
          'check.true -> second',
          'check.true -> third',
          'second.approved -> u',
          'third.approved -> u',
          'u -> r',
        ],
      ),
    );
    await pilot.decide(finance, runId, 'first');
    await pilot.once(runId, ({ nodes, status }) => status === 'waiting' && nodes['third']?.status === 'waiting');
    await pilot.decide(finance, runId, 'third');
    await pilot.once(runId, ({ nodes, status }) => status === 'waiting' && nodes['third']?.status === 'succeeded');
    expect(await financeSees(runId)).toMatchObject({ nodeId: 'second' });
    await pilot.decide(finance, runId, 'second', { decision: 'reject' });
    expect(await pilot.ended(runId)).toMatchObject({ status: 'succeeded', nodes: { r: { status: 'succeeded' } } });
    expect(bench.snowflake.of('THRICE').map(({ sql }) => sql.includes('UNION'))).toEqual([false, false]);
    await pilot.story(runId);
  });

  it('rests as often as a workflow asks: many approvals are no sign of a run that stops its workers', async () => {
    const names = Array.from({ length: 24 }, (_, index) => `a${index}`);
    const runId = await waitingRun(
      documentOf(
        [table('t', 'OFTEN'), ...names.map((name) => approval(name)), result('r')],
        ['t -> a0', ...names.slice(1).map((name, index) => `a${index}.approved -> ${name}`), 'a23.approved -> r'],
      ),
    );
    for (const name of names) {
      await pilot.once(runId, ({ nodes, status }) => status === 'waiting' && nodes[name]?.status === 'waiting');
      await pilot.decide(finance, runId, name);
    }
    expect(await pilot.ended(runId)).toMatchObject({ status: 'succeeded' });
    await pilot.story(runId);
  }, 60_000);

  it('keeps what it shows and what was said sealed in Postgres', async () => {
    const canary = 'CANARY-4417';
    const runId = await waitingRun(asking('SEALED', { message: canary, form: [{ name: 'why' }] }));
    await pilot.decide(finance, runId, 'ask', { comment: `${canary}-said`, form: { why: `${canary}-form` } });
    await pilot.ended(runId);
    expect(await bench.everythingAtRest()).not.toContain(canary);
    expect(await bench.everythingAtRest()).toContain(runId);
  });
});
