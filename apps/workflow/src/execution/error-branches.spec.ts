import { documentOf, filter, result, table, approval, write } from '../testing/documents';
import { RunPilot } from '../testing/run-pilot';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';

describe('A node that fails', () => {
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

  const failing = (name: string, message = 'no') => {
    bench.snowflake.when(name, (statement) => bench.snowflake.fail(statement, message));
    return table(name.toLowerCase(), name);
  };
  const showing = (id: string, from: string) =>
    approval(id, {
      approvers: ['role:ANALYST'],
      allowRunner: true,
      message: '{{ value.code }}: {{ value.message }}',
      show: [{ label: 'By name', value: `{{ nodes.${from}.message }}` }],
    });

  it('goes on at its error port with what went wrong, while what it would have given is skipped', async () => {
    const { snowflake } = bench;
    const runId = await pilot.start({
      definition: documentOf(
        [
          failing('BRANCHES', "Numeric value 'x' is not recognized"),
          filter('f', { onError: 'branch' }),
          result('good'),
          showing('tell', 'f'),
          result('told'),
          write('w', 'ASIDE_TARGET'),
          table('s', 'ASIDE'),
        ],
        ['branches -> f', 'f -> good', 'f.error -> tell', 'tell.approved -> told', 's -> w'],
      ),
    });
    const resting = await pilot.resting(runId);
    expect(resting.nodes).toMatchObject({
      f: { status: 'failed', error: { code: '100038', message: "Numeric value 'x' is not recognized" } },
      good: { status: 'skipped' },
      w: { status: 'succeeded' },
    });
    expect(await pilot.approvalsOf(runner)).toMatchObject([
      {
        message: "100038: Numeric value 'x' is not recognized",
        show: [{ label: 'By name', value: "Numeric value 'x' is not recognized" }],
      },
    ]);
    await pilot.decide(runner, runId, 'tell');
    const run = await pilot.ended(runId);
    expect(run).toMatchObject({ status: 'succeeded', nodes: { told: { status: 'succeeded' } } });
    const [telling] = snowflake.submitted.filter(({ tag }) => tag.run === runId && tag.node === 'told');
    expect(telling?.binds).toEqual([
      JSON.stringify({ code: '100038', message: "Numeric value 'x' is not recognized" }),
    ]);
    expect(snowflake.of('BRANCHES')).toHaveLength(1);
    expect(await bench.everythingAtRest()).not.toContain('is not recognized');
  });

  it('leaves its error port dead where it succeeds', async () => {
    const run = await pilot.runToEnd({
      definition: documentOf(
        [table('t', 'NO_TROUBLE'), filter('f', { onError: 'branch' }), result('good'), result('bad')],
        ['t -> f', 'f -> good', 'f.error -> bad'],
      ),
    });
    expect(run).toMatchObject({
      status: 'succeeded',
      nodes: { f: { status: 'succeeded' }, good: { status: 'succeeded' }, bad: { status: 'skipped' } },
    });
  });

  it('is tried again as often as it says, by new statements, and cancelled between two tries', async () => {
    const { snowflake } = bench;
    const config = (maxAttempts: number, backoffMs: number) => ({
      name: 'r',
      view: 'table',
      retry: { maxAttempts, backoffMs },
    });
    const tried = await pilot.runToEnd({
      definition: documentOf(
        [failing('TRIED_THRICE'), { ...result('r'), config: config(3, 0) }],
        ['tried_thrice -> r'],
      ),
    });
    expect(tried).toMatchObject({ status: 'failed', nodes: { r: { status: 'failed', attempts: 3 } } });
    expect(snowflake.of('TRIED_THRICE')).toHaveLength(3);

    const runId = await pilot.start({
      definition: documentOf(
        [failing('TRIED_LATER'), { ...result('r'), config: config(5, 600_000) }],
        ['tried_later -> r'],
      ),
    });
    await pilot.once(runId, () => snowflake.of('TRIED_LATER').length === 1);
    const askedAt = Date.now();
    await pilot.cancel(runId);
    expect(await pilot.ended(runId)).toMatchObject({ status: 'cancelled', nodes: { r: { status: 'cancelled' } } });
    expect(Date.now() - askedAt).toBeLessThan(5_000);
    await pilot.story(runId);
  });
});
