import { Redis } from 'ioredis';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { eventually } from '@snowflow/testing/eventually';
import { existing } from '../testing/existing';
import { Replica, sealer } from '../testing/replica';
import { StrictSnowflake } from '../testing/strict-snowflake';
import { LiveSessions } from './live-sessions';
import type { SessionRef } from './sealed-session.repository';
import { SessionHeartbeat } from './session-heartbeat';

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

jest.setTimeout(60_000);

describe('a Snowflake session that replicas share', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let snowflake: StrictSnowflake;
  let replicas: Replica[];
  let ref: SessionRef;
  let context: PinnedContext;

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  const start = async (tokenSeconds?: number) => {
    snowflake = await StrictSnowflake.start(tokenSeconds);
    const options = { redisUrl: redis.url, demoOrigin: snowflake.server.origin };
    replicas = [await Replica.start(options), await Replica.start(options)];
    ({ ref, context } = await replica(0).signIn());
    await replica(0).limit(ref, { statementsPerSession: 1_000, statementsPerTenant: 1_000 });
  };
  afterEach(async () => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    await snowflake.stop();
  });
  const replica = (index: number) => existing(replicas[index % 2]);
  const session = () => existing(snowflake.sessions[0]);
  const as = (role: string): PinnedContext => ({ ...context, role });

  it('is taken up by any replica, without another login', async () => {
    await start();
    await expect(replica(1).run(ref, context, 'SELECT 1')).resolves.toMatchObject({ state: 'succeeded', rowCount: 1 });
    expect(snowflake.sessions).toHaveLength(1);
    expect(snowflake.renewals).toBe(0);
  });

  it('trap 8: loses no statement while its tokens end early and again, and none runs as another role', async () => {
    await start();
    const expire = () => void (session().expiresAtMs = 0);
    expire();
    const expiring = setInterval(expire, 1_000);
    const statements = times(120, (at) =>
      replica(at).run(ref, as(at < 60 ? 'SYSADMIN' : 'ANALYST'), 'SELECT SLEEP 20'),
    );
    const outcomes = await Promise.all(statements).finally(() => clearInterval(expiring));
    outcomes.forEach((outcome, at) =>
      expect(outcome).toMatchObject({ state: 'succeeded', role: at < 60 ? 'SYSADMIN' : 'ANALYST' }),
    );
    expect(snowflake.rolesMixed).toBe(0);
    expect(snowflake.renewals).toBeGreaterThan(0);
  }, 60_000);

  it('trap 8: is renewed once for all replicas when they meet the dead token together', async () => {
    await start();
    await Promise.all(times(2, (at) => replica(at).run(ref, context, 'SELECT 1')));
    session().expiresAtMs = 0;
    await Promise.all(times(40, (at) => replica(at).run(ref, context, 'SELECT 1')));
    expect(snowflake.renewals).toBe(1);
  });

  it('trap 10: changes its context only while nothing runs under the other one', async () => {
    await start();
    const slow = replica(0).run(ref, as('SYSADMIN'), 'SELECT SLEEP 300');
    const other = replica(1).run(ref, as('ANALYST'), 'SELECT 1');
    await expect(slow).resolves.toMatchObject({ role: 'SYSADMIN' });
    await expect(other).resolves.toMatchObject({ role: 'ANALYST' });
    expect(snowflake.rolesMixed).toBe(0);
  });

  it('trap 10: lets a context switch through although others keep submitting', async () => {
    await start();
    let stop = false;
    const busy = times(8, async (at) => {
      while (!stop) await replica(at).run(ref, as('SYSADMIN'), 'SELECT SLEEP 10');
    });
    await expect(replica(1).run(ref, as('ANALYST'), 'SELECT 1')).resolves.toMatchObject({ role: 'ANALYST' });
    stop = true;
    await Promise.all(busy);
    expect(snowflake.rolesMixed).toBe(0);
  });

  it('keeps every statement in the context of its run while its person switches role and warehouse again and again', async () => {
    await start();
    await replica(0).limit(ref, {});
    const places = [
      { ...context, role: 'SYSADMIN', warehouse: 'W' },
      { ...context, role: 'ANALYST', warehouse: 'W2' },
      { ...context, role: 'SYSADMIN', warehouse: 'W2' },
      { ...context, role: 'ACCOUNTADMIN', warehouse: 'W' },
    ];
    const insist = async <T>(work: () => Promise<T>): Promise<T> => {
      for (;;) {
        try {
          return await work();
        } catch (error) {
          if (!(error instanceof AppError && error.code === 'OVERLOADED')) throw error;
        }
      }
    };
    const runs = times(40, async (at) => {
      const pinned = existing(places[at % places.length]);
      for (let step = 0; step < 3; step += 1) {
        const sql = `SELECT SLEEP 5 AS ${pinned.role} ON ${pinned.warehouse}`;
        const status = await insist(() => replica(at + step).run(ref, pinned, sql));
        expect(status).toMatchObject({ state: 'succeeded', role: pinned.role });
      }
    });
    for (let at = 0; at < 250; at += 1) {
      const wanted = existing(places[at % places.length]);
      const { role, warehouse } = await insist(() => replica(at).sessions.checkContext(ref, wanted));
      expect([role, warehouse]).toEqual([wanted.role, wanted.warehouse]);
    }
    await Promise.all(runs);
    expect(snowflake.rolesMixed).toBe(0);
    for (const { sql, roleAtStart, warehouseAtStart } of snowflake.queries.values()) {
      if (sql.includes('SLEEP')) expect(sql).toContain(`AS ${roleAtStart} ON ${warehouseAtStart}`);
    }
  }, 120_000);

  it('lets others in although nobody saw the statement of a dead replica end', async () => {
    await start();
    await replica(0).submit(ref, as('SYSADMIN'), 'SELECT SLEEP 50');
    await expect(replica(1).run(ref, as('ANALYST'), 'SELECT 1')).resolves.toMatchObject({ role: 'ANALYST' });
  });

  it('says nothing to Snowflake but the statement and its wait on the common path', async () => {
    await start();
    await replica(0).run(ref, context, 'SELECT 1');
    const before = snowflake.server.seen.length;
    await replica(0).run(ref, context, 'SELECT 1');
    expect(snowflake.server.seen.slice(before).map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('fails a statement that ran as another role', async () => {
    await start();
    const { queryId } = await replica(0).submit(ref, context, 'SELECT SLEEP 50');
    session().context.role = 'INTRUDER';
    await expect(replica(1).statements.wait(ref, { queryId, context, waitMs: 5_000 })).rejects.toMatchObject({
      code: 'ROLE_MISMATCH',
    });
    await expect(replica(0).run(ref, context, 'SELECT 1')).resolves.toMatchObject({ role: context.role });
  });

  it('proves a context by taking it, and says when the role is not granted', async () => {
    await start();
    const { sessions } = replica(1);
    await expect(sessions.checkContext(ref, as('ANALYST'))).resolves.toEqual(as('ANALYST'));
    await expect(sessions.checkContext(ref, as('NOT_GRANTED'))).rejects.toMatchObject({
      code: 'SNOWFLAKE_ACCESS_DENIED',
    });
    await expect(sessions.checkContext(ref, context)).resolves.toEqual(context);
  });

  it('trap 9: stays open, with what it runs, when a replica evicts it and when one stops', async () => {
    await start();
    const { queryId } = await replica(0).submit(ref, context, 'SELECT SLEEP 400');
    replica(0).app.get(LiveSessions).clear();
    await replica(0).stop();
    await expect(replica(1).statements.wait(ref, { queryId, context, waitMs: 5_000 })).resolves.toMatchObject({
      state: 'succeeded',
    });
    expect(session()).toMatchObject({ ended: false });
    replicas.shift();
  });

  it('is over for every replica once its master token has expired', async () => {
    await start();
    Object.assign(session(), { expiresAtMs: 0, master: 'expired' });
    await expect(replica(1).run(ref, context, 'SELECT 1')).rejects.toMatchObject({ code: 'SNOWFLAKE_SESSION_ENDED' });
    await expect(replica(0).run(ref, context, 'SELECT 1')).rejects.toMatchObject({ code: 'SNOWFLAKE_SESSION_ENDED' });
  });

  it('outlives its master token, four hours at a time, for as long as it is in use', async () => {
    await start();
    const client = new Redis(redis.url);
    let passedMs = 0;
    const realNow = Date.now;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => realNow() + passedMs);
    const first = session().master;
    const pass = async (minutes: number) => {
      passedMs += minutes * 60_000;
      // Redis has a clock of its own: by ours the place of who beats is free again.
      await client.del(`snowflow:sf:${ref.sessionId}:heartbeat`);
    };
    try {
      for (let at = 0; at < 24; at += 1) {
        await expect(replica(at).run(ref, context, 'SELECT 1')).resolves.toMatchObject({ state: 'succeeded' });
        await pass(14);
        await Promise.all(replicas.map((one) => one.app.get(SessionHeartbeat).beat()));
        await pass(16);
      }
      expect(snowflake.sessions).toHaveLength(1);
      expect(session().master).not.toBe(first);
      expect(Number(await client.pexpiretime(`snowflow:sf:${ref.sessionId}`))).toBeGreaterThan(Date.now());
      await pass(5 * 60);
      await expect(replica(0).run(ref, context, 'SELECT 1')).rejects.toMatchObject({ code: 'SNOWFLAKE_SESSION_ENDED' });
    } finally {
      clock.mockRestore();
      await client.quit();
    }
  });

  it('closes with its last statement: later ones are refused, the running one ends well', async () => {
    await start();
    const { queryId } = await replica(0).submit(ref, context, 'SELECT SLEEP 200');
    await replica(1).closing.close(ref, { statements: 'finish' });
    expect(session().ended).toBe(false);
    await expect(replica(0).run(ref, context, 'SELECT 1')).rejects.toMatchObject({ code: 'SNOWFLAKE_SESSION_ENDED' });
    const status = await replica(0).statements.wait(ref, { queryId, context, waitMs: 5_000 });
    expect(status.state).toBe('succeeded');
    await eventually(() => session().ended);
  });

  it('closes at once where its statements are to be cancelled', async () => {
    await start();
    const { queryId } = await replica(0).submit(ref, context, 'SELECT SLEEP 60000');
    await replica(1).closing.close(ref, { statements: 'cancel' });
    expect(snowflake.queries.get(queryId)?.state).toBe('FAILED_WITH_ERROR');
    expect(session().ended).toBe(true);
  });

  it('is closed by another replica where the one that closed it is gone', async () => {
    await start();
    await replica(0).submit(ref, context, 'SELECT SLEEP 100');
    await replica(0).closing.close(ref, { statements: 'finish' });
    const upkeep = replica(1).app.get(SessionHeartbeat);
    await eventually(async () => {
      await upkeep.upkeep();
      return session().ended;
    });
  });

  it('is kept alive by one replica for all', async () => {
    await start();
    await Promise.all(times(2, (at) => replica(at).run(ref, context, 'SELECT 1')));
    await Promise.all(replicas.map((one) => one.app.get(SessionHeartbeat).beat()));
    expect(snowflake.server.seenAt('/session/heartbeat')).toHaveLength(1);
  });

  it('leaves nothing in Redis that has no end, from sign-in to sign-out', async () => {
    await start();
    const client = new Redis(redis.url);
    const endless = async () => {
      const keys = await client.keys('snowflow:sf:ses_*');
      const times = await Promise.all(keys.map(async (key) => [key, await client.ttl(key)] as const));
      return times.filter(([, left]) => left === -1).map(([key]) => key);
    };
    expect([await endless(), (await client.keys(`*${ref.sessionId}:state`)).length]).toEqual([[], 1]);
    await replica(0).run(ref, context, 'SELECT 1');
    await replica(1).run(ref, as('ANALYST'), 'SELECT 1');
    await replica(0).sessions.checkContext(ref, as('SYSADMIN'));
    expect(await endless()).toEqual([]);
    const { queryId } = await replica(0).submit(ref, context, 'SELECT SLEEP 100');
    await replica(1).closing.close(ref, { statements: 'finish' });
    expect(await endless()).toEqual([]);
    await replica(0).statements.wait(ref, { queryId, context, waitMs: 5_000 });
    await eventually(() => session().ended);
    expect(await endless()).toEqual([]);
    await client.quit();
  });

  it('opens for its own tenant only', async () => {
    await start();
    const foreign = { ...ref, tenantId: 'ten_other' };
    await expect(replica(1).run(foreign, context, 'SELECT 1')).rejects.toMatchObject({
      code: 'SNOWFLAKE_SESSION_ENDED',
    });
  });

  it('is unreadable to another driver version, which asks to sign in again', async () => {
    await start();
    const client = new Redis(redis.url);
    const key = `snowflow:sf:${ref.sessionId}`;
    const binding = `${ref.tenantId}|${ref.sessionId}`;
    const stored = JSON.parse(sealer.open((await client.hget(key, 'sealed')) ?? '', binding)) as object;
    await client.hset(key, 'sealed', sealer.seal(JSON.stringify({ ...stored, driver: 'another 9.9.9' }), binding));
    await client.quit();
    await expect(replica(1).run(ref, context, 'SELECT 1')).rejects.toMatchObject({
      code: 'SNOWFLAKE_SESSION_ENDED',
      message: expect.stringContaining('Sign in again') as string,
    });
  });
});
