import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { runInScope } from '@snowflow/transport/request-scope';
import { MetadataService } from '../metadata/metadata.service';
import { SettlementService } from '../statements/settlement.service';
import { existing } from '../testing/existing';
import { Replica } from '../testing/replica';
import { rowset } from '../testing/scripted-warehouse';
import { StrictSnowflake } from '../testing/strict-snowflake';
import type { SessionRef } from './sealed-session.repository';
import { SessionHeartbeat } from './session-heartbeat';

jest.setTimeout(60_000);

describe('a Snowflake session whose person signs out', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let snowflake: StrictSnowflake;
  let replicas: Replica[];
  let ref: SessionRef;
  let context: PinnedContext;

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    snowflake = await StrictSnowflake.start();
    const options = { redisUrl: redis.url, demoOrigin: snowflake.server.origin };
    replicas = [await Replica.start(options), await Replica.start(options)];
    ({ ref, context } = await replica(0).signIn());
  });
  afterEach(async () => {
    await Promise.all(replicas.map((one) => one.stop()));
    await snowflake.stop();
  });
  const replica = (index: number) => existing(replicas[index]);
  const session = () => existing(snowflake.sessions[0]);
  const hold = (runId: string, leaseMs = 60_000) => replica(0).closing.hold(ref, { runId, leaseMs });
  const release = (runId: string) => replica(1).closing.release(ref, { runId });
  const finish = () => replica(0).closing.close(ref, { statements: 'finish' });
  const ended = async () => {
    while (!session().ended) await new Promise(setImmediate);
  };

  it('takes the statements of a run that holds it, of no other, and ends with that run', async () => {
    await hold('run_1');
    await finish();
    expect(session().ended).toBe(false);
    await expect(replica(1).run(ref, context, 'SELECT 1', { runId: 'run_1' })).resolves.toMatchObject({
      state: 'succeeded',
    });
    await expect(replica(1).run(ref, context, 'SELECT 2', { runId: 'run_1' })).resolves.toMatchObject({
      state: 'succeeded',
    });
    for (const runId of [undefined, 'run_2']) {
      await expect(replica(1).run(ref, context, 'SELECT 1', { runId })).rejects.toMatchObject({
        code: 'SNOWFLAKE_SESSION_ENDED',
      });
    }
    expect(session().ended).toBe(false);
    await release('run_1');
    expect(session().ended).toBe(true);
    const client = new Redis(redis.url);
    expect(await client.keys(`snowflow:sf:${ref.sessionId}*`)).toEqual([]);
    await client.quit();
  });

  it('answers what a run that holds it asks before a statement and after a lost one, and nobody else', async () => {
    const { queryId } = await replica(0).submit(ref, context, 'SELECT SLEEP 10');
    await replica(0).statements.wait(ref, { queryId, context, waitMs: 5_000 });
    await hold('run_1');
    await finish();
    const asRun = <T>(runId: string | undefined, work: () => Promise<T>) =>
      runInScope({ context: { correlationId: 'spec', tenantId: ref.tenantId, runId } }, work);
    const explain = () =>
      replica(1).app.get(MetadataService).read(ref, { sql: 'EXPLAIN USING JSON SELECT 1', binds: [], context });
    const settle = () =>
      replica(1).app.get(SettlementService).settle(ref, { requestId: randomUUID(), effectKey: 'e1', context });
    await expect(asRun('run_1', explain)).resolves.toMatchObject({ rows: expect.any(Array) });
    for (const runId of [undefined, 'run_2']) {
      await expect(asRun(runId, explain)).rejects.toMatchObject({ code: 'SNOWFLAKE_SESSION_ENDED' });
      await expect(asRun(runId, settle)).resolves.toEqual({ state: 'unknown' });
    }
    snowflake.server.onQuery(rowset([{ name: 'QUERY_ID', type: 'text', nullable: true }], [[queryId]]));
    await expect(asRun('run_1', settle)).resolves.toMatchObject({ state: 'succeeded', queryId });
  });

  it('stays open until the last of several runs has ended, and its last statement', async () => {
    await Promise.all([hold('run_1'), hold('run_2')]);
    await finish();
    await release('run_1');
    const { queryId } = await replica(1).submit(ref, context, 'SELECT SLEEP 100', { runId: 'run_2' });
    await release('run_2');
    expect(session().ended).toBe(false);
    await replica(0).statements.wait(ref, { queryId, context, waitMs: 5_000 });
    await ended();
  });

  it('takes a run that was accepted before while others keep it open, but none once it is over', async () => {
    await hold('run_1');
    await finish();
    await hold('run_2');
    await release('run_1');
    await expect(replica(1).run(ref, context, 'SELECT 1', { runId: 'run_2' })).resolves.toMatchObject({
      state: 'succeeded',
    });
    await release('run_2');
    await expect(hold('run_3')).rejects.toMatchObject({ code: 'SNOWFLAKE_SESSION_ENDED' });
  });

  it('is not kept open by a worker that died: its hold ends with its lease', async () => {
    await hold('run_1');
    await finish();
    const upkeep = replica(1).app.get(SessionHeartbeat);
    await upkeep.upkeep();
    expect(session().ended).toBe(false);
    await hold('run_1', 1);
    while (!session().ended) await upkeep.upkeep();
  });

  it('ends at once with what its runs have under way where they are cancelled', async () => {
    await hold('run_1');
    const { queryId } = await replica(0).submit(ref, context, 'SELECT SLEEP 60000', { runId: 'run_1' });
    await replica(1).closing.close(ref, { statements: 'cancel' });
    expect(snowflake.queries.get(queryId)?.state).toBe('FAILED_WITH_ERROR');
    expect(session().ended).toBe(true);
  });

  it('that still goes on is not ended by a run that ends', async () => {
    await hold('run_1');
    await release('run_1');
    await expect(replica(0).run(ref, context, 'SELECT 1')).resolves.toMatchObject({ state: 'succeeded' });
  });
});
