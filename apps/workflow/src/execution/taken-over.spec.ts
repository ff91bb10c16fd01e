import type { INestApplicationContext } from '@nestjs/common';
import { eventually } from '@snowflow/testing/eventually';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { RunWaker } from '../queue/run-waker';
import { RunStartService } from '../runs/run-start.service';
import { documentOf, table, write } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { LeaseTaker } from './lease-taker';
import { RunRecordRepository } from './run-record.repository';

jest.setTimeout(30_000);

/** Stops a worker right before its first statement's id is stored. */
function stopBeforeStatement(worker: INestApplicationContext) {
  const records = worker.get(RunRecordRepository);
  const store = records.write.bind(records);
  let goOn = () => {};
  const woken = new Promise<void>((resolve) => (goOn = resolve));
  const answers: (number | undefined)[] = [];
  const held = { isThere: false, goOn, answers };
  jest.spyOn(records, 'write').mockImplementation(async (run, change) => {
    if (change.statements.length === 0) return store(run, change);
    held.isThere = true;
    await woken;
    const answer = await store(run, change);
    answers.push(answer);
    return answer;
  });
  return held;
}

describe('A run that another worker has taken over', () => {
  let bench: WorkflowBench;
  let person: Person;
  const held: ReturnType<typeof stopBeforeStatement>[] = [];

  beforeAll(async () => {
    bench = await startWorkflowBench();
    person = await bench.signIn();
  }, 60_000);
  afterAll(async () => {
    for (const { goOn } of held) goOn();
    await bench?.stop();
  });

  it('is not written by the worker that wakes after its past was read, so one statement leaves', async () => {
    const first = await bench.startWorker({ name: 'first', leaseMs: 60_000 });
    const late = stopBeforeStatement(first);
    held.push(late);
    const definition = documentOf([table('t'), write('w', 'ONCE')], ['t -> w']);
    const { runId } = await bench.as(person, () => bench.service.get(RunStartService).start({ definition }));
    await eventually(() => late.isThere);
    first.get(LeaseTaker).next = () => Promise.resolve(undefined);

    const next = stopBeforeStatement(await bench.startWorker({ name: 'next', leaseMs: 60_000 }));
    held.push(next);
    await sql`UPDATE workflow.run_queue SET leased_until = now() - interval '1 second'
              WHERE run_id = ${runId}`.execute(bench.service.get(WorkflowStore).acrossTenants);
    // The first worker may hear of it too, and takes nothing.
    await eventually(() => {
      bench.service.get(RunWaker).wake();
      return next.isThere;
    });
    late.goOn();
    await eventually(() => late.answers.length > 0);
    expect(late.answers).toEqual([undefined]);
    expect(bench.snowflake.of('ONCE')).toHaveLength(0);

    next.goOn();
    expect(await bench.ended(person, runId)).toMatchObject({ status: 'succeeded' });
    expect(bench.snowflake.of('ONCE')).toHaveLength(1);
  });
});
