import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { threeNodes } from '../testing/documents';
import { RunsService } from './runs.service';

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

  it('execute fused nodes as one statement, each node carrying its query id, the ending one the row count', async () => {
    const { runId } = await bench.as(person, () => runs.start({ definition: threeNodes() }));
    const run = await bench.ended(person, runId);
    console.log(JSON.stringify(run, null, 1));
    expect(run.status).toBe('succeeded');
  });
});
