import { AppError } from '@snowflow/contracts/errors/app-error';
import { startTracing } from '@snowflow/platform/tracing/start-tracing';
import { type OtlpReceiver, startOtlpReceiver } from '@snowflow/testing/otlp-receiver';
import { currentTraceparent, inSpan } from '@snowflow/transport/spans';
import { threeNodes } from '../testing/documents';
import { RunPilot } from '../testing/run-pilot';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';

describe('The trace of a run', () => {
  let collector: OtlpReceiver;
  let endTracing: () => Promise<void>;
  let bench: WorkflowBench;
  let runner: Person;
  let pilot: RunPilot;

  beforeAll(async () => {
    collector = await startOtlpReceiver();
    const options = { url: `${collector.url}/v1/traces`, headers: {}, sampledPercent: 100 };
    endTracing = await startTracing('spec', options);
    bench = await startWorkflowBench();
    runner = await bench.signIn();
    pilot = new RunPilot(bench, runner);
    await bench.startWorker();
  });
  afterAll(async () => {
    await bench.stop();
    await collector.stop();
  });

  it('goes on with the request that asked for it, on whichever worker, and a run that is tried again with its own', async () => {
    const asked = async (start: () => Promise<string>) =>
      inSpan('asked', { root: true }, async () => ({ runId: await start(), within: currentTraceparent() ?? '' }));
    bench.snowflake.refused.push(new AppError('SQL_FAILED', 'It is refused.'));
    const first = await asked(() => pilot.start({ definition: threeNodes() }));
    expect((await pilot.ended(first.runId)).status).toBe('failed');
    const second = await asked(() => pilot.retry(first.runId));
    expect((await pilot.ended(second.runId)).status).toBe('succeeded');
    await endTracing();

    for (const { runId, within } of [first, second]) {
      const [, traceId, parentSpanId] = within.split('-');
      const spans = collector.spans().filter((span) => span.traceId === traceId);
      const run = spans.find(({ name }) => name === 'run');
      expect(run).toMatchObject({ parentSpanId, attributes: { 'snowflow.run.id': runId } });
      const steps = spans.filter(({ name }) => name.startsWith('step'));
      expect(steps.map((step) => step.parentSpanId)).toEqual(steps.map(() => run?.spanId));
      expect(steps.length).toBeGreaterThan(0);
    }
    expect(first.within.split('-')[1]).not.toBe(second.within.split('-')[1]);
  });
});
