import type { INestApplicationContext } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { eventually } from '@snowflow/testing/eventually';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { RunStartService } from '../runs/run-start.service';
import { RunsService } from '../runs/runs.service';
import { documentOf, result, table, threeNodes } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { LeaseTaker } from './lease-taker';
import { LeasesRepository } from './leases.repository';

// Leases have to run out here.
jest.setTimeout(30_000);

const IN_TIME_MS = 5_000;

describe('A run that is cancelled', () => {
  let bench: WorkflowBench;
  let runs: RunsService;
  let person: Person;
  let worker: INestApplicationContext;

  beforeAll(async () => {
    bench = await startWorkflowBench({ perTenant: 1 });
    runs = bench.service.get(RunsService);
    worker = await bench.startWorker({ leaseMs: 6_000, name: 'first' });
    bench.snowflake.when('HELD', () => undefined);
  }, 60_000);
  afterAll(() => bench?.stop());
  beforeEach(async () => {
    person = await bench.signIn();
  });

  const start = async (definition: Record<string, unknown>) =>
    (await bench.as(person, () => bench.service.get(RunStartService).start({ definition }))).runId;
  const nodesOf = async (runId: string) => (await bench.as(person, () => runs.get(runId))).nodes;
  const statementOf = (runId: string) =>
    eventually(() => bench.snowflake.submitted.find((one) => one.runId === runId) ?? false);
  const across = () => bench.service.get(WorkflowStore).acrossTenants;
  /** It has ended in time, once, and nothing of it is left in the queue. */
  const cancelledInTime = async (runId: string) => {
    const from = Date.now();
    await bench.as(person, () => runs.cancel(runId));
    const run = await bench.ended(person, runId);
    expect(Date.now() - from).toBeLessThan(IN_TIME_MS);
    expect(run).toMatchObject({ status: 'cancelled', nodes: { result: { status: 'cancelled' } } });
    const { events } = await bench.as(person, () => runs.events({ id: runId, after: 0, limit: 500 }));
    expect(events.filter(({ type }) => type === 'run.cancelled')).toHaveLength(1);
    const { rows } = await sql`SELECT FROM workflow.run_queue WHERE run_id = ${runId}`.execute(across());
    expect(rows).toEqual([]);
    await expect(bench.as(person, () => runs.cancel(runId))).rejects.toMatchObject({ code: 'RUN_ENDED' });
  };

  it('ends while it waits for a place', async () => {
    const first = await start(threeNodes('HELD'));
    await statementOf(first);
    const waiting = await start(threeNodes('NEVER'));
    await cancelledInTime(waiting);
    expect(bench.snowflake.of('NEVER')).toHaveLength(0);
    await cancelledInTime(first);
  });

  it('ends while its step waits to be tried again', async () => {
    bench.snowflake.when('FLAKY', (statement) => bench.snowflake.fail(statement, 'not now'));
    const output = result('result');
    const retry = { maxAttempts: 5, backoffMs: 60_000 };
    const runId = await start(
      documentOf([table('flaky'), { ...output, config: { ...output.config, retry } }], ['flaky -> result']),
    );
    await eventually(() => bench.snowflake.of('FLAKY').length === 1);
    await cancelledInTime(runId);
    expect(bench.snowflake.of('FLAKY')).toHaveLength(1);
  });

  it('ends while its statement waits for a place in Snowflake', async () => {
    bench.snowflake.refused.push(new AppError('OVERLOADED', 'Too many statements.', { retryAfterSeconds: 60 }));
    const runId = await start(threeNodes('CROWDED'));
    await eventually(() => bench.snowflake.refused.length === 0);
    await cancelledInTime(runId);
    expect(bench.snowflake.of('CROWDED')).toHaveLength(0);
  });

  it('takes its statement with it, whose answer has not come yet', async () => {
    let answer = () => {};
    bench.snowflake.when('SUBMITTING', () => new Promise<void>((resolve) => (answer = resolve)));
    const runId = await start(threeNodes('SUBMITTING'));
    const statement = await statementOf(runId);
    await cancelledInTime(runId);
    expect(statement.cancelled).toBe(true);
    answer();
  });

  it('takes its statement with it although the message to its worker is lost', async () => {
    const runId = await start(threeNodes('HELD'));
    const statement = await statementOf(runId);
    await sql`UPDATE workflow.run_queue SET cancel_requested = true WHERE run_id = ${runId}`.execute(across());
    await bench.ended(person, runId);
    expect(statement.cancelled).toBe(true);
  });

  it('ends while it rests after a worker could not go on, with no worker in between', async () => {
    const runId = await start(threeNodes('HELD'));
    const statement = await statementOf(runId);
    await eventually(async () => (await nodesOf(runId))['result']?.queryId !== undefined);
    await sql`UPDATE workflow.run_queue SET leased_by = NULL, leased_until = now() + interval '1 hour'
              WHERE run_id = ${runId}`.execute(across());
    await cancelledInTime(runId);
    expect(statement.cancelled).toBe(true);
  });

  it('ends although its worker has died with it, before the lease would have run out', async () => {
    const runId = await start(threeNodes('HELD'));
    const statement = await statementOf(runId);
    await eventually(async () => (await nodesOf(runId))['result']?.queryId !== undefined);
    await sql`UPDATE workflow.run_queue SET leased_by = 'dead', leased_until = now() + interval '1 hour'
              WHERE run_id = ${runId}`.execute(across());
    await cancelledInTime(runId);
    expect(statement.cancelled).toBe(true);
  });

  it('takes a statement with it that its worker stored at the last moment', async () => {
    worker.get(LeaseTaker).next = () => Promise.resolve(undefined);
    const runId = await start(threeNodes('HELD'));
    await bench.service
      .get(WorkflowStore)
      .statement(person.tenantId, sql`UPDATE workflow.runs SET status = 'running' WHERE id = ${runId}`);
    const { shutOut } = LeasesRepository.prototype;
    const late = jest.spyOn(LeasesRepository.prototype, 'shutOut').mockImplementation(async function (
      this: LeasesRepository,
      held,
    ) {
      await bench.service.get(WorkflowStore).statement(
        person.tenantId,
        sql`INSERT INTO workflow.statements (tenant_id, run_id, step, request_id, effect_key, state)
            VALUES (${person.tenantId}, ${runId}, 'late', 'late-request', 'late-effect', 'sent')`,
      );
      await shutOut.call(this, held);
    });
    const cancel = jest.spyOn(bench.snowflake.client, 'cancel');
    await cancelledInTime(runId);
    expect(cancel.mock.calls.map(([target]) => target)).toEqual([{ requestId: 'late-request' }]);
    late.mockRestore();
    cancel.mockRestore();
  });

  it('ends although no worker has a place for it', async () => {
    worker.get(LeaseTaker).next = () => Promise.resolve(undefined);
    const runId = await start(threeNodes('HELD'));
    await bench.service
      .get(WorkflowStore)
      .statement(person.tenantId, sql`UPDATE workflow.runs SET status = 'running' WHERE id = ${runId}`);
    await cancelledInTime(runId);
  });
});
