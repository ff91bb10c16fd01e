import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { documentOf, result, table } from '../testing/documents';
import { RunPilot } from '../testing/run-pilot';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { MOST_OF_CALLS } from './runs.repository';

describe('The statements of a run', () => {
  let bench: WorkflowBench;
  let runner: Person;
  let pilot: RunPilot;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    runner = await bench.signIn();
    pilot = new RunPilot(bench, runner);
    await bench.startWorker();
  }, 60_000);
  afterAll(() => bench?.stop());

  /** Statements as a map over this many items leaves them. */
  const sendOf = (runId: string, step: string, items: number, state: 'succeeded' | 'failed', minute: number) =>
    bench.service.get(WorkflowStore).statement(
      runner.tenantId,
      sql`INSERT INTO workflow.statements (tenant_id, run_id, step, request_id, effect_key, query_id, state, sent_at)
        SELECT ${runner.tenantId}, ${runId}, replace(${step}, '#', item::text), ${`${step} ${minute} `} || item, 'key', 'q', ${state},
          now() + ${minute} * interval '1 minute' + item * interval '1 millisecond'
        FROM generate_series(1, ${items}::int) item`,
    );
  const aRun = async () =>
    (await pilot.runToEnd({ definition: documentOf([table('t', 'SHOWN'), result('r')], ['t -> r']) })).id;

  it('that it sent itself are all there, and of those of called workflows the failed and then the latest', async () => {
    const runId = await aRun();
    await sendOf(runId, 'own#', 150, 'succeeded', 1);
    await sendOf(runId, 'm/#/bad', 30, 'failed', 2);
    await sendOf(runId, 'm/#/r', 3_000, 'succeeded', 3);
    const { statements, statementsLeftOut } = await pilot.get(runId);
    const steps = statements.map(({ step }) => step);
    const latest = Array.from({ length: MOST_OF_CALLS - 30 }, (_, index) => `m/${2_931 + index}/r`);
    expect(steps.filter((step) => !step.includes('/'))).toHaveLength(151);
    expect(steps.slice(151)).toEqual([...Array.from({ length: 30 }, (_, index) => `m/${index + 1}/bad`), ...latest]);
    expect(statementsLeftOut).toBe(2_930);
  });

  it('that were sent again count once, as the last try left them', async () => {
    const runId = await aRun();
    await sendOf(runId, 'm/#/r', 2, 'failed', 1);
    await sendOf(runId, 'm/#/r', 1, 'succeeded', 2);
    const { statements, statementsLeftOut } = await pilot.get(runId);
    expect(statements.slice(1)).toMatchObject([
      { step: 'm/1/r', attempts: 2, state: 'succeeded' },
      { step: 'm/2/r', attempts: 1, state: 'failed' },
    ]);
    expect(statementsLeftOut).toBe(0);
  });
});
