import { Queue } from 'bullmq';
import type { INestApplicationContext } from '@nestjs/common';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import { RUN_QUEUE } from '@snowflow/contracts/runs/run-job';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { RunStartService } from '../runs/run-start.service';
import { RunsService } from '../runs/runs.service';
import { condition, documentOf, result, table, threeNodes, write } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { LeaseTaker } from './lease-taker';
import { RunWorker } from './run-worker';

// Leases have to run out here.
jest.setTimeout(30_000);

describe('A worker', () => {
  let bench: WorkflowBench;
  let runs: RunsService;
  let person: Person;
  let worker: INestApplicationContext;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    runs = bench.service.get(RunsService);
    person = await bench.signIn();
    worker = await bench.startWorker({ name: 'first' });
  }, 60_000);
  afterAll(() => bench?.stop());

  const start = async (definition: Record<string, unknown>) =>
    (await bench.as(person, () => bench.service.get(RunStartService).start({ definition }))).runId;
  const statusOf = async (runId: string, node: string) =>
    (await bench.as(person, () => runs.get(runId))).nodes[node]?.status;
  const store = () => bench.service.get(WorkflowStore);
  const writing = (source: string) => documentOf([table('t', source), write('w', 'TARGET')], ['t -> w']);

  /** The worker falls silent: it takes nothing more, and its lease runs out as if its heartbeat had stopped. */
  const silence = async (runId: string) => {
    await worker.get(RunWorker).worker.close(true);
    worker.get(LeaseTaker).next = () => Promise.resolve(undefined);
    await sql`UPDATE workflow.run_queue SET leased_by = 'nobody', leased_until = now() - interval '1 second'
              WHERE run_id = ${runId}`.execute(store().acrossTenants);
  };
  const replaceWorker = async (name: string) => {
    const next = await bench.startWorker({ name });
    worker = next;
    return next;
  };

  it('goes on where a silent one stopped: no finished step again, no running statement twice', async () => {
    const { snowflake } = bench;
    snowflake.when('SLOWLY', () => undefined);
    const runId = await start(
      documentOf(
        [
          table('cond'),
          condition('check', 'ROW_COUNT > 1'),
          table('slowly'),
          { id: 'both', type: 'shape.union', config: {} },
          result('r'),
        ],
        ['cond -> check', 'check.true -> both', 'slowly -> both', 'both -> r'],
      ),
    );
    await until(async () => (await bench.as(person, () => runs.get(runId))).nodes['r']?.queryId !== undefined);
    const before = await bench.as(person, () => runs.get(runId));
    expect(before.nodes['check']?.status).toBe('succeeded');

    await silence(runId);
    await replaceWorker('second');
    await until(async () => (await leaseOf(runId)) === 'second');
    for (const statement of snowflake.of('SLOWLY')) snowflake.succeed(statement, 7);
    const run = await bench.ended(person, runId);

    expect(run).toMatchObject({ status: 'succeeded', nodes: { r: { status: 'succeeded', rowCount: 7 } } });
    expect(run.nodes['check']).toEqual(before.nodes['check']);
    expect(snowflake.of('"COND"')).toHaveLength(2);
    expect(snowflake.of('SLOWLY')).toHaveLength(1);
    expect(snowflake.of('SLOWLY')[0]?.cancelled).toBe(false);
    const { events } = await bench.as(person, () => runs.events({ id: runId, after: 0, limit: 500 }));
    expect(events.map(({ data }) => data.seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter(({ type }) => type === 'run.started')).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'run.succeeded')).toHaveLength(1);
  });

  it('settles a write whose worker fell silent in it, and does not send it again', async () => {
    const { snowflake } = bench;
    snowflake.when('INSERTED', () => undefined);
    const runId = await start(writing('INSERTED'));
    await until(() => snowflake.of('INSERTED').length === 1);
    await until(async () => (await statusOf(runId, 'w')) === 'running');
    await silence(runId);
    await replaceWorker('third');
    await until(async () => (await leaseOf(runId)) === 'third');
    for (const statement of snowflake.of('INSERTED')) snowflake.succeed(statement, 1);
    expect(await bench.ended(person, runId)).toMatchObject({ status: 'succeeded' });
    expect(snowflake.of('INSERTED')).toHaveLength(1);
  });

  it('settles a write whose answer was lost: applied, it is not sent again', async () => {
    bench.snowflake.loseReply('APPLIED', true);
    const run = await bench.ended(person, await start(writing('APPLIED')));
    expect(run).toMatchObject({ status: 'succeeded', nodes: { w: { status: 'succeeded' } } });
    expect(bench.snowflake.of('APPLIED')).toHaveLength(1);
  });

  it('sends a write again, under a new request id, only where it is proved that it never ran', async () => {
    const { snowflake } = bench;
    snowflake.loseReply('NEVER_RAN', false);
    const run = await bench.ended(person, await start(writing('NEVER_RAN')));
    expect(run).toMatchObject({ status: 'succeeded' });
    expect(snowflake.of('NEVER_RAN')).toHaveLength(1);
    const journal = await statements(run.id);
    expect(journal.map(({ state }) => state)).toEqual(['absent', 'succeeded']);
    expect(new Set(journal.map(({ request_id }) => request_id)).size).toBe(2);
  });

  it('says that it does not know, rather than write twice', async () => {
    const { snowflake } = bench;
    snowflake.loseReply('NOBODY_KNOWS', false);
    snowflake.settled = { state: 'unknown' };
    const run = await bench.ended(person, await start(writing('NOBODY_KNOWS')));
    snowflake.settled = undefined;
    expect(run).toMatchObject({
      status: 'failed',
      nodes: { w: { status: 'failed', error: { code: 'OUTCOME_UNKNOWN' } } },
    });
    expect(snowflake.of('NOBODY_KNOWS')).toHaveLength(0);
  });

  it('sends a read again whose answer was lost', async () => {
    bench.snowflake.loseReply('READ_TWICE', true);
    expect(await bench.ended(person, await start(threeNodes('READ_TWICE')))).toMatchObject({ status: 'succeeded' });
    expect(bench.snowflake.of('READ_TWICE')).toHaveLength(2);
    expect(bench.snowflake.of('READ_TWICE')[0]?.cancelled).toBe(true);
  });

  it('keeps asking while connection-manager is away', async () => {
    bench.snowflake.refusals = 3;
    expect(await bench.ended(person, await start(threeNodes('PATIENT')))).toMatchObject({ status: 'succeeded' });
    expect(bench.snowflake.refusals).toBe(0);
    expect(bench.snowflake.of('PATIENT')).toHaveLength(1);
  });

  it('is woken by the sweep where the wake-up was lost', async () => {
    const queue = new Queue(RUN_QUEUE, { connection: { url: bench.redisUrl } });
    await worker.close();
    const runId = await start(threeNodes('ASLEEP'));
    await until(async () => (await queue.getWaitingCount()) > 0);
    await queue.drain();
    await replaceWorker('woken');
    expect(await bench.ended(person, runId)).toMatchObject({ status: 'succeeded' });
    await queue.close();
  });

  it('never begins a run that was cancelled while it was queued', async () => {
    await worker.close();
    const runId = await start(threeNodes('UNWANTED'));
    expect(await bench.as<Done>(person, () => runs.cancel(runId))).toEqual({ done: true });
    await replaceWorker('late');
    const run = await bench.ended(person, runId);
    expect(run).toMatchObject({ status: 'cancelled', startedAt: null, nodes: { result: { status: 'cancelled' } } });
    await bench.ended(person, await start(threeNodes()));
    expect(bench.snowflake.of('UNWANTED')).toHaveLength(0);
  });

  it('that stops gives its runs back, and their statements go on', async () => {
    const { snowflake } = bench;
    snowflake.when('HANDED_OVER', () => undefined);
    const runId = await start(threeNodes('HANDED_OVER'));
    await until(async () => (await bench.as(person, () => runs.get(runId))).nodes['result']?.queryId !== undefined);
    const leaving = worker;
    await replaceWorker('fourth');
    await leaving.close();
    await until(async () => (await leaseOf(runId)) === 'fourth');
    for (const statement of snowflake.of('HANDED_OVER')) snowflake.succeed(statement, 2);
    expect(await bench.ended(person, runId)).toMatchObject({ status: 'succeeded', nodes: { result: { rowCount: 2 } } });
    expect(snowflake.of('HANDED_OVER')).toHaveLength(1);
  });

  async function leaseOf(runId: string): Promise<string | null | undefined> {
    const row = await store()
      .acrossTenants.selectFrom('workflow.run_queue')
      .select('leased_by')
      .where('run_id', '=', runId)
      .executeTakeFirst();
    return row?.leased_by;
  }

  const statements = (runId: string) =>
    store().transaction(person.tenantId, (db) =>
      db
        .selectFrom('workflow.statements')
        .select(['state', 'request_id'])
        .where('run_id', '=', runId)
        .orderBy('sent_at')
        .execute(),
    );
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const giveUpAt = Date.now() + 15_000; !(await condition());) {
    if (Date.now() > giveUpAt) throw new Error('It did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
