import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { ContextRunner } from '../sessions/context-runner';
import { existing } from '../testing/existing';
import { Replica } from '../testing/replica';
import { StrictSnowflake } from '../testing/strict-snowflake';
import { StatementPlaces } from './statement-places';

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

jest.setTimeout(60_000);

describe('places of statements', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let snowflake: StrictSnowflake;
  let replicas: Replica[];

  beforeEach(async () => {
    redis = await startRedis();
    snowflake = await StrictSnowflake.start();
    const options = { redisUrl: redis.url, demoOrigin: snowflake.server.origin };
    replicas = [await Replica.start(options), await Replica.start(options)];
  });
  afterEach(async () => {
    await Promise.all(replicas.map((one) => one.stop()));
    await snowflake.stop();
    await redis.stop();
  });
  const replica = (index: number) => existing(replicas[index % 2]);
  const running = () => [...snowflake.queries.values()].filter(({ state }) => state === 'RUNNING').length;

  /** The most that ran at once while `work` went on. */
  async function peakDuring(work: Promise<unknown>): Promise<number> {
    let peak = 0;
    let over = false;
    void work.finally(() => (over = true)).catch(() => undefined);
    while (!over) {
      peak = Math.max(peak, running());
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await work;
    return peak;
  }

  it('bound a session over all replicas, and nothing is lost in the line', async () => {
    const { ref, context } = await replica(0).signIn();
    await replica(0).limit(ref, { statementsPerSession: 3 });
    const work = Promise.all(times(40, (at) => replica(at).run(ref, context, 'SELECT SLEEP 20')));
    expect(await peakDuring(work)).toBeLessThanOrEqual(3);
    expect((await work).every(({ state }) => state === 'succeeded')).toBe(true);
    const { held, waiting } = await replica(0).app.get(StatementPlaces).count(ref.tenantId);
    expect({ held, waiting }).toEqual({ held: 0, waiting: 0 });
  });

  it('bound a tenant, and its sessions take turns: a long line of one does not keep another waiting', async () => {
    const [flood, calm] = [await replica(0).signIn(), await replica(1).signIn()];
    await replica(0).limit(flood.ref, { statementsPerSession: 4, statementsPerTenant: 4 });
    const flooding = Promise.all(times(100, (at) => replica(at).run(flood.ref, flood.context, 'SELECT SLEEP 50')));
    const peak = peakDuring(flooding);
    await replica(0).run(calm.ref, calm.context, 'SELECT 1');
    expect(await peak).toBeLessThanOrEqual(4);
    const inOrder = [...snowflake.queries.values()].map(({ sql }) => sql);
    const before = inOrder.slice(0, inOrder.indexOf('SELECT 1')).filter((sql) => sql === 'SELECT SLEEP 50');
    expect(before.length).toBeLessThan(50);
  });

  it('refuse at once when the line is full, and say when to come again', async () => {
    const { ref, context } = await replica(0).signIn();
    await replica(0).limit(ref, { statementsPerSession: 1, queueLength: 2, queueWaitMs: 60_000 });
    const { queryId } = await replica(0).submit(ref, context, 'SELECT SLEEP 60000');
    const waiting = times(2, (at) => replica(at).submit(ref, context, 'SELECT 1'));
    while ((await replica(0).app.get(StatementPlaces).count(ref.tenantId)).waiting < 2) await new Promise(setImmediate);
    for (const at of [0, 1]) {
      await expect(replica(at).submit(ref, context, 'SELECT 1')).rejects.toMatchObject({
        code: 'OVERLOADED',
        details: { retryAfterSeconds: 5 },
      });
    }
    await replica(0).statements.cancel(ref, { queryId });
    await replica(0).statements.wait(ref, { queryId, context, waitMs: 5_000 });
    // Either may be first, and the other's place is free only once somebody has heard of the first one's end.
    const ends = waiting.map(async (submitted, at) =>
      replica(at).statements.wait(ref, { ...(await submitted), context, waitMs: 5_000 }),
    );
    expect((await Promise.all(ends)).map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  });

  it('say so when none is free in time, and leave the line', async () => {
    const { ref, context } = await replica(0).signIn();
    await replica(0).limit(ref, { statementsPerSession: 1, queueWaitMs: 200 });
    await replica(0).submit(ref, context, 'SELECT SLEEP 60000');
    await expect(replica(1).submit(ref, context, 'SELECT 1')).rejects.toMatchObject({ code: 'OVERLOADED' });
    const places = replica(0).app.get(StatementPlaces);
    while ((await places.count(ref.tenantId)).waiting > 0) await new Promise(setImmediate);
    expect((await places.count(ref.tenantId)).held).toBe(1);
  });

  it('of long statements never lock a person out of metadata', async () => {
    const { ref, context } = await replica(0).signIn();
    await replica(0).limit(ref, { statementsPerSession: 1, statementsPerTenant: 1 });
    await replica(0).submit(ref, context, 'SELECT SLEEP 60000');
    const rows = await replica(1).app.get(ContextRunner).rows(ref, context, { sql: 'SHOW DATABASES' }, 1);
    expect(rows).toHaveLength(1);
  });

  it('of a session that was ended are free', async () => {
    const { ref, context } = await replica(0).signIn();
    await replica(0).submit(ref, context, 'SELECT SLEEP 60000');
    await replica(1).closing.close(ref, { statements: 'cancel' });
    expect(await replica(0).app.get(StatementPlaces).count(ref.tenantId)).toEqual({ held: 0, waiting: 0 });
  });

  it('come with the longest time a statement may run', async () => {
    const { ref, context } = await replica(0).signIn();
    await replica(0).limit(ref, { queryTimeoutSeconds: 30 });
    await replica(0).run(ref, context, 'SELECT 1', { timeoutSeconds: 3_600 });
    expect(snowflake.server.seenAt('/queries/v1/query-request').at(-1)?.body.parameters).toMatchObject({
      STATEMENT_TIMEOUT_IN_SECONDS: 30,
    });
  });
});
