import { newId } from '@snowflow/contracts/documents/new-id';
import { startPostgres, type EphemeralDatabase } from '@snowflow/testing/ephemeral-postgres';
import fc from 'fast-check';
import { sql } from 'kysely';
import { openStore, type WorkflowStore } from '../database/workflow-store';
import { LeasesRepository } from '../execution/leases.repository';
import { nextRun, type QueuedRun } from '../testing/queue-model';
import { RunQueueRepository } from './run-queue.repository';

// Many queues are filled and emptied, on machines that do other things too.
jest.setTimeout(60_000);

const RISES_AFTER_SECONDS = 1_000;
const places = { perTenant: 3, perWorkflow: 2, perWarehouse: 2 };

const queued: fc.Arbitrary<QueuedRun[]> = fc
  .array(
    fc.record({
      tenantId: fc.constantFrom('ten_a', 'ten_b', 'ten_c'),
      priority: fc.integer({ min: 0, max: 2 }),
      workflowId: fc.constantFrom('', 'wf_1', 'wf_2'),
      warehouseKey: fc.constantFrom('', 'wh_1', 'wh_2'),
      // Never at the very second of a rise, which may pass while the query runs.
      waitedSeconds: fc.integer({ min: 0, max: 40 }).map((steps) => steps * 100 + 50),
      isUnderWay: fc.boolean(),
    }),
    { maxLength: 14 },
  )
  .map((runs) => runs.map((run, index) => ({ ...run, runId: `run_${String(index).padStart(2, '0')}` })));

describe('The next run', () => {
  let server: EphemeralDatabase;
  let store: WorkflowStore;
  let leases: LeasesRepository;

  beforeAll(async () => {
    server = await startPostgres();
    store = await openStore({ url: server.url, applicationName: 'spec', poolSize: 8 });
    leases = new LeasesRepository(store);
  });
  afterAll(async () => {
    await store.onApplicationShutdown();
    await server.stop();
  });
  beforeEach(() => clear());

  const clear = async () => {
    await sql`DELETE FROM workflow.run_queue`.execute(store.acrossTenants);
    for (const tenant of ['ten_a', 'ten_b', 'ten_c']) {
      await store.statement(tenant, sql`DELETE FROM workflow.runs`);
    }
  };
  const enqueue = async (run: QueuedRun, limits = places) => {
    await store.statement(
      run.tenantId,
      sql`
        WITH run AS (
          INSERT INTO workflow.runs
            (tenant_id, id, owner_id, session_id, correlation_id, status, context, sealed_plan, last_seq)
          VALUES (${run.tenantId}, ${run.runId}, 'usr', 'ses', 'spec', 'queued', '{}', '', 1)
        )
        INSERT INTO workflow.run_queue (run_id, tenant_id, priority, workflow_id, warehouse_key, tenant_places,
          workflow_places, warehouse_places, queued_at, leased_by, leased_until)
        VALUES (${run.runId}, ${run.tenantId}, ${run.priority}, ${run.workflowId}, ${run.warehouseKey},
          ${limits.perTenant}, ${limits.perWorkflow}, ${limits.perWarehouse},
          now() - ${run.waitedSeconds} * interval '1 second',
          ${run.isUnderWay ? 'somebody' : null}::text,
          CASE WHEN ${run.isUnderWay} THEN now() + interval '1 hour' ELSE '-infinity' END)`,
    );
  };
  const take = (count: number, worker = 'spec') =>
    leases.take({ worker, leaseMs: 60_000, places: count, risesAfterSeconds: RISES_AFTER_SECONDS });
  const taken = async (count: number) => (await take(count)).leases.map(({ run }) => run.id);
  const a = (runId: string, more: Partial<QueuedRun> = {}): QueuedRun => ({
    runId,
    tenantId: 'ten_a',
    priority: 0,
    workflowId: '',
    warehouseKey: '',
    waitedSeconds: 0,
    isUnderWay: false,
    ...more,
  });
  const wide = { perTenant: 100, perWorkflow: 100, perWarehouse: 100 };

  it('is the one of the plain model, one after the other until none may start', async () => {
    await fc.assert(
      fc.asyncProperty(queued, async (runs) => {
        await clear();
        await enqueueAll(runs);
        const model = runs.map((run) => ({ ...run }));
        for (;;) {
          const expected = nextRun(model, places, RISES_AFTER_SECONDS);
          expect((await taken(1))[0]).toBe(expected);
          if (expected === undefined) break;
          for (const run of model) if (run.runId === expected) run.isUnderWay = true;
        }
      }),
      { numRuns: 60 },
    );
  });

  /** At one moment, so that runs of one age are told apart by their id, as in the model. */
  const enqueueAll = async (runs: QueuedRun[]) => {
    for (const run of runs) await enqueue(run);
    await sql`
      UPDATE workflow.run_queue queue SET queued_at = now() - given.waited * interval '1 second'
      FROM json_to_recordset(${JSON.stringify(runs.map(({ runId, waitedSeconds }) => ({ id: runId, waited: waitedSeconds })))}::json)
        AS given(id text, waited integer)
      WHERE queue.run_id = given.id`.execute(store.acrossTenants);
  };

  it("is another tenant's as soon as a place is free, however much one tenant has waiting and however long", async () => {
    for (let index = 0; index < 60; index += 1) {
      await enqueue(a(newId('run'), { priority: index % 3, waitedSeconds: 36_000 }), wide);
    }
    await taken(16);
    await enqueue(a('run_other', { tenantId: 'ten_b' }), wide);
    expect(await taken(1)).toEqual(['run_other']);
  });

  it('is what somebody waits for before a backlog of the clock, which takes turns with it once it has risen', async () => {
    for (const index of [0, 1, 2]) await enqueue(a(`run_fresh${index}`, { priority: 2, waitedSeconds: 1 }), wide);
    await enqueue(a('run_mine0'), wide);
    expect(await taken(1)).toEqual(['run_mine0']);

    for (const index of [0, 1, 2, 3]) await enqueue(a(`run_old${index}`, { priority: 2, waitedSeconds: 9_000 }), wide);
    for (const index of [1, 2, 3]) await enqueue(a(`run_mine${index}`, { waitedSeconds: 4 - index }), wide);
    const order = await taken(4);
    expect(order.map((id) => id.replace(/\d/, ''))).toEqual(['run_old', 'run_old', 'run_mine', 'run_old']);
  });

  it('is never one more than there are places, however many workers choose at once', async () => {
    for (let index = 0; index < 30; index += 1) await enqueue(a(newId('run'), { workflowId: 'wf_1' }));
    const all = await Promise.all(Array.from({ length: 8 }, (_, index) => take(3, `worker${index}`)));
    const ids = all.flatMap(({ leases: got }) => got.map(({ run }) => run.id));
    expect(ids).toHaveLength(places.perWorkflow);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('comes with whether another may start, and skips what rests, is held or is to be cancelled', async () => {
    const queue = new RunQueueRepository(store);
    for (const name of ['one', 'two', 'resting', 'unwanted']) await enqueue(a(`run_${name}`), wide);
    await sql`UPDATE workflow.run_queue SET leased_until = now() + interval '1 minute'
              WHERE run_id = 'run_resting'`.execute(store.acrossTenants);
    await sql`UPDATE workflow.run_queue SET cancel_requested = true
              WHERE run_id = 'run_unwanted'`.execute(store.acrossTenants);
    expect(await take(1)).toMatchObject({ more: true, leases: [{ fence: 1, attempts: 1 }] });
    expect(await queue.hasDue(RISES_AFTER_SECONDS)).toBe(true);
    expect(await take(5)).toMatchObject({ more: false, leases: [{ run: { id: 'run_two' } }] });
    expect(await queue.hasDue(RISES_AFTER_SECONDS)).toBe(false);
    expect(await take(1)).toEqual({ more: false, leases: [] });
  });

  it('is counted among those that wait; what is under way and what lost its worker apart, what rests not at all', async () => {
    await enqueue(a('run_waits', { waitedSeconds: 90 }), wide);
    for (const name of ['goes', 'lost', 'rests']) await enqueue(a(`run_${name}`, { isUnderWay: true }), wide);
    await sql`UPDATE workflow.run_queue SET leased_until = now() - interval '1 second'
              WHERE run_id = 'run_lost'`.execute(store.acrossTenants);
    await sql`UPDATE workflow.run_queue SET leased_by = NULL, leased_until = 'infinity'
              WHERE run_id = 'run_rests'`.execute(store.acrossTenants);
    const { oldestWaitSeconds, ...counts } = await new RunQueueRepository(store).depth();
    expect(counts).toEqual({ waiting: 1, underWay: 1, orphaned: 1 });
    expect(oldestWaitSeconds).toBeGreaterThanOrEqual(90);
    await clear();
    expect(await new RunQueueRepository(store).depth()).toMatchObject({ waiting: 0, oldestWaitSeconds: 0 });
  });

  it('is found at once behind a backlog of fifty thousand', async () => {
    await sql`
      INSERT INTO workflow.run_queue (run_id, tenant_id, tenant_places, workflow_id, priority)
      SELECT 'run_' || n, 'ten_flood', 0, 'wf_' || n % 5, n % 3 FROM generate_series(1, 50000) n`.execute(
      store.acrossTenants,
    );
    await enqueue(a('run_small'), wide);
    const startedAt = performance.now();
    expect(await taken(1)).toEqual(['run_small']);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
