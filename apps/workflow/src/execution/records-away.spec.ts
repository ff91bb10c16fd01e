import type { INestApplicationContext } from '@nestjs/common';
import { StoreAway } from '@snowflow/platform/postgres/store-away';
import { call, documentOf, result, table, wait } from '../testing/documents';
import { RunPilot } from '../testing/run-pilot';
import { startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';
import { WaitsRepository } from './waits.repository';

// Leases have to run out here.
jest.setTimeout(30_000);

describe('A step whose records are away for a moment', () => {
  let bench: WorkflowBench;
  let pilot: RunPilot;
  let worker: INestApplicationContext;
  let childId: string;

  const waiting = documentOf([table('t'), wait('w', 1), result('r')], ['t -> w', 'w -> r']);

  beforeAll(async () => {
    bench = await startWorkflowBench();
    const person = await bench.signIn();
    pilot = new RunPilot(bench, person);
    worker = await bench.startWorker();
    childId = (await bench.as(person, () => bench.service.get(WorkflowsService).save({ definition: waiting }))).id;
  }, 60_000);
  afterAll(() => bench?.stop());

  /** The worker's next looks for what a step waits for find nobody there. */
  const lookInVain = (times: number) => {
    const looks = jest.spyOn(worker.get(WaitsRepository), 'find');
    for (let time = 0; time < times; time += 1) looks.mockRejectedValueOnce(new StoreAway(new Error('ECONNRESET')));
    return looks;
  };

  it.each([
    ['of the run itself', () => waiting],
    ['of a workflow inside the run', () => documentOf([call('c', childId)], [])],
  ])('does not fail where it is one %s: the run is taken up again', async (_where, definition) => {
    const looks = lookInVain(2);
    const run = await pilot.runToEnd({ definition: definition() });
    expect(run.status).toBe('succeeded');
    expect(looks.mock.calls.length).toBeGreaterThan(2);
    looks.mockRestore();
  });
});
