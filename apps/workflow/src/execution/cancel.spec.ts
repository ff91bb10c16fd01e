import type { INestApplicationContext } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { eventually } from '@snowflow/testing/eventually';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { RunStartService } from '../runs/run-start.service';
import { RunsService } from '../runs/runs.service';
import { call, documentOf, result, table, threeNodes, write } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';
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
    // It sweeps as it does outside of specs: what ends in time here does there.
    worker = await bench.startWorker({ leaseMs: 6_000, sweepEveryMs: undefined, name: 'first' });
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
  /** A worker that nobody hears of has it, and the one that had it may not write any more. */
  const lose = async (runId: string) => {
    await sql`UPDATE workflow.run_queue SET leased_by = 'dead', leased_until = now() + interval '1 hour', fence = fence + 1
              WHERE run_id = ${runId}`.execute(across());
    await bench.service
      .get(WorkflowStore)
      .statement(person.tenantId, sql`UPDATE workflow.runs SET fence = fence + 1 WHERE id = ${runId}`);
  };
  /** The time passes that a worker has to end a cancelled run by itself. Of a lease that is longer it is not the end. */
  const threeSecondsPass = (runId: string) =>
    sql`UPDATE workflow.run_queue SET leased_until = leased_until - interval '3 seconds'
        WHERE run_id = ${runId} AND leased_by = 'dead'`.execute(across());
  /** It has ended in time, once, and nothing of it is left in the queue. */
  const cancelledInTime = async (runId: string, meanwhile?: () => Promise<void>) => {
    const from = Date.now();
    await bench.as(person, () => runs.cancel(runId));
    await meanwhile?.();
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
    await lose(runId);
    await cancelledInTime(runId, async () => {
      const { rows } = await sql<{ left: number }>`
        SELECT extract(epoch FROM leased_until - now())::float8 AS left FROM workflow.run_queue WHERE run_id = ${runId}
      `.execute(across());
      expect(rows).toEqual([{ left: expect.any(Number) as number }]);
      expect(rows[0]?.left).toBeLessThanOrEqual(3);
      await threeSecondsPass(runId);
    });
    expect(statement.cancelled).toBe(true);
  });

  describe('while it writes', () => {
    const writing = (target: string) => documentOf([table('t'), write('w', target)], ['t -> w']);
    const statesOf = (runId: string) =>
      bench.service
        .get(WorkflowStore)
        .transaction(person.tenantId, (db) =>
          db.selectFrom('workflow.statements').select(['step', 'state']).where('run_id', '=', runId).execute(),
        );
    /** What Snowflake does with the statement once it is told to cancel it. */
    const onCancel = (does: () => void) =>
      jest.spyOn(bench.snowflake.client, 'cancel').mockImplementation(async () => {
        does();
        return { done: true };
      });
    /** Cancelled while its worker has it, or after that has died. */
    const cancelled = async (definition: Record<string, unknown>, worker: 'held' | 'dead') => {
      bench.snowflake.when('WRITTEN', () => undefined);
      const runId = await start(definition);
      await statementOf(runId);
      await eventually(async () => (await statesOf(runId)).length === 1);
      if (worker === 'dead') await lose(runId);
      await bench.as(person, () => runs.cancel(runId));
      if (worker === 'dead') await threeSecondsPass(runId);
      return bench.ended(person, runId);
    };
    afterEach(() => {
      jest.restoreAllMocks();
      bench.snowflake.settled = undefined;
    });

    it.each(['held', 'dead'] as const)(
      'says that it was applied where the cancel came too late (%s)',
      async (worker) => {
        onCancel(() => bench.snowflake.of('WRITTEN_LATE').forEach((one) => bench.snowflake.succeed(one, 4)));
        const run = await cancelled(writing('WRITTEN_LATE'), worker);
        expect(run).toMatchObject({ status: 'cancelled', nodes: { w: { status: 'succeeded', rowCount: 4 } } });
        expect(await statesOf(run.id)).toEqual([{ step: 'w', state: 'succeeded' }]);
        // Nor is it applied again.
        const retried = bench.as(person, () => bench.service.get(RunStartService).retry(run.id));
        await expect(retried).rejects.toThrow('Nothing is left to try again');
      },
    );

    it('says that it was applied where its worker died before it could tell', async () => {
      bench.snowflake.when('WRITTEN_UNTOLD', () => undefined);
      const runId = await start(writing('WRITTEN_UNTOLD'));
      await statementOf(runId);
      await eventually(async () => (await statesOf(runId)).length === 1);
      await lose(runId);
      const outcome = JSON.stringify({ columns: [], rowCount: 1, rowsAffected: 6 });
      await bench.service
        .get(WorkflowStore)
        .statement(
          person.tenantId,
          sql`UPDATE workflow.statements SET state = 'succeeded', query_id = 'q', outcome = ${outcome}::json WHERE run_id = ${runId}`,
        );
      await bench.as(person, () => runs.cancel(runId));
      await threeSecondsPass(runId);
      expect(await bench.ended(person, runId)).toMatchObject({
        status: 'cancelled',
        nodes: { w: { status: 'succeeded', rowCount: 6, queryId: 'q' } },
      });
    });

    it.each(['held', 'dead'] as const)(
      'says so where nobody can tell, also of a workflow inside it (%s)',
      async (worker) => {
        bench.snowflake.settled = { state: 'unknown' };
        const inner = await bench.as(person, () =>
          bench.service.get(WorkflowsService).save({ definition: writing('WRITTEN_INSIDE') }),
        );
        for (const [node, definition] of [
          ['w', writing('WRITTEN_PERHAPS')],
          ['c', documentOf([call('c', inner.id)], [])],
        ] as const) {
          expect(await cancelled(definition, worker)).toMatchObject({
            status: 'cancelled',
            nodes: { [node]: { status: 'failed', error: { code: 'OUTCOME_UNKNOWN', nodeId: node } } },
          });
        }
      },
    );
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
