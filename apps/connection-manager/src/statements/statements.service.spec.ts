import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { eventually } from '@snowflow/testing/eventually';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { StatementPlaces } from '../limits/statement-places';
import { RunningStatements } from '../sessions/running-statements';
import { SettlementService } from './settlement.service';
import type { SessionRef } from '../sessions/sealed-session.repository';
import { sessionKeys, tenantKeys } from '../sessions/session-keys';
import { existing } from '../testing/existing';
import { Replica } from '../testing/replica';
import { ok, refusal, rowset } from '../testing/scripted-warehouse';
import { StrictSnowflake } from '../testing/strict-snowflake';

const QUERY_PATH = '/queries/v1/query-request';

jest.setTimeout(60_000);

describe('statements', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let snowflake: StrictSnowflake;
  let replica: Replica;
  let ref: SessionRef;
  let context: PinnedContext;

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    const client = new Redis(redis.url);
    await client.flushall();
    await client.quit();
    snowflake = await StrictSnowflake.start();
    replica = await Replica.start({
      redisUrl: redis.url,
      demoOrigin: snowflake.server.origin,
      settlementPatience: { patienceMs: 600, askAgainMs: 100 },
    });
    ({ ref, context } = await replica.signIn());
  });
  afterEach(async () => {
    await replica.stop();
    await snowflake.stop();
  });

  const wait = (queryId: string, waitMs = 5_000) => replica.statements.wait(ref, { queryId, context, waitMs });

  it('carry their request id, tag, timeout and binds, and nothing of another statement', async () => {
    const requestId = randomUUID();
    await replica.run(ref, context, 'SELECT ?', { requestId, binds: ['x'], tag: { run: 'run_1', effect: 'e1' } });
    const sent = existing(snowflake.server.seenAt(QUERY_PATH).at(-1));
    expect(sent.search.get('requestId')).toBe(requestId);
    expect(sent.body).toMatchObject({
      asyncExec: true,
      bindings: { 1: { type: 'TEXT', value: 'x' } },
      parameters: { MULTI_STATEMENT_COUNT: 1, STATEMENT_TIMEOUT_IN_SECONDS: 60 },
    });
    expect(JSON.parse(String(sent.body.parameters?.['QUERY_TAG']))).toEqual({
      app: 'snowflow',
      tenant: ref.tenantId,
      run: 'run_1',
      effect: 'e1',
    });
  });

  it('still run when the wait is over, and are awaited again', async () => {
    const { queryId } = await replica.submit(ref, context, 'SELECT SLEEP 1300');
    await expect(wait(queryId, 0)).resolves.toEqual({ state: 'running', queryId });
    await expect(wait(queryId)).resolves.toMatchObject({ state: 'succeeded', columns: [{ type: 'VARCHAR(100)' }] });
  });

  it('that end soon are answered with their submission, where that was asked for', async () => {
    const { queryId, status } = await replica.submit(ref, context, 'SELECT 1', { waitMs: 5_000 });
    expect(status).toMatchObject({ state: 'succeeded', queryId, role: context.role });
    const long = await replica.submit(ref, context, 'SELECT SLEEP 60000', { waitMs: 0 });
    expect(long.status).toEqual({ state: 'running', queryId: long.queryId });
  });

  it.each(['query id', 'request id'])('are cancelled within two seconds by their %s', async (by) => {
    const requestId = randomUUID();
    const { queryId } = await replica.submit(ref, context, 'SELECT SLEEP 60000', { requestId });
    const ended = wait(queryId, 10_000);
    const askedAtMs = Date.now();
    await replica.statements.cancel(ref, by === 'query id' ? { queryId } : { requestId });
    await expect(ended).resolves.toMatchObject({ state: 'failed', failure: { code: '000604', sqlState: '57014' } });
    expect(Date.now() - askedAtMs).toBeLessThan(2_000);
  });

  it('trap 11: of which Snowflake has no data yet are running, not failed', async () => {
    const { queryId } = await replica.submit(ref, context, 'SELECT SLEEP 100');
    snowflake.server.on(`/queries/${queryId}/result`, refusal('000709', 'Statement not found'));
    await expect(wait(queryId)).resolves.toEqual({ state: 'running', queryId, unseen: true });
  });

  it.each([
    ['002003', 'SOURCE_NOT_FOUND'],
    ['2043', 'SOURCE_NOT_FOUND'],
    ['003001', 'SNOWFLAKE_ACCESS_DENIED'],
    ['000904', 'SQL_FAILED'],
    ['000606', 'SQL_FAILED'],
  ])('that Snowflake refuses at submission with %s are %s, with its code and position', async (code, appCode) => {
    snowflake.server.onQuery(refusal(code, 'no', { sqlState: '42000', line: 1, pos: 7 }));
    await expect(replica.submit(ref, context, 'SELECT x')).rejects.toMatchObject({
      code: appCode,
      details: { snowflake: { code: code.padStart(6, '0'), sqlState: '42000', line: 1, position: 7 } },
    });
  });

  it('whose confirmation is lost have an unknown outcome; they are not sent again', async () => {
    await replica.run(ref, context, 'SELECT 1');
    snowflake.server.onQuery((_, response) => {
      response.destroy();
      return undefined;
    });
    const before = snowflake.server.seenAt(QUERY_PATH).length;
    await expect(replica.submit(ref, context, 'INSERT INTO T SELECT 1')).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    });
    expect(snowflake.server.seenAt(QUERY_PATH)).toHaveLength(before + 1);
  });

  describe('whose outcome was lost', () => {
    const settle = (requestId: string, queryId?: string) =>
      replica.app.get(SettlementService).settle(ref, { requestId, queryId, effectKey: 'e1', context });

    it('are settled by their query id where it is known', async () => {
      const { queryId } = await replica.submit(ref, context, 'SELECT SLEEP 10');
      await expect(settle(randomUUID(), queryId)).resolves.toMatchObject({ state: 'succeeded', queryId });
    });

    it('are settled by the query id that was recorded for their request', async () => {
      const requestId = randomUUID();
      const { queryId } = await replica.submit(ref, context, 'SELECT SLEEP 10', { requestId });
      await expect(settle(requestId)).resolves.toMatchObject({ state: 'succeeded', queryId });
    });

    it('are absent once the request is fenced and the history lacks their effect key twice', async () => {
      snowflake.server.onQuery(rowset([{ name: 'QUERY_ID', type: 'text', nullable: true }], []));
      await expect(settle(randomUUID())).resolves.toEqual({ state: 'absent' });
      const seen = snowflake.server.seen.map(({ path }) => path).slice(-3);
      expect(seen).toEqual(['/queries/v1/abort-request', QUERY_PATH, QUERY_PATH]);
    });

    it('are found in the history by their effect key', async () => {
      const { queryId } = await replica.submit(ref, context, 'SELECT SLEEP 10');
      snowflake.server.onQuery(rowset([{ name: 'QUERY_ID', type: 'text', nullable: true }], [[queryId]]));
      await expect(settle(randomUUID())).resolves.toMatchObject({ state: 'succeeded', queryId });
    });

    it('are absent where the fence itself stopped them: they may be sent anew', async () => {
      const requestId = randomUUID();
      const { queryId } = await replica.submit(ref, context, 'INSERT INTO T SELECT SLEEP 20000', { requestId });
      const running = replica.app.get(RunningStatements);
      await eventually(async () => {
        running.leave(ref, queryId);
        return (await running.list(ref)).length === 0;
      });
      snowflake.server.onQuery(rowset([{ name: 'QUERY_ID', type: 'text', nullable: true }], [[queryId]]));
      await expect(settle(requestId)).resolves.toEqual({ state: 'absent' });
    });

    it('stay unknown where Snowflake says that they ended and gives nothing of them', async () => {
      const { queryId } = await replica.submit(ref, context, 'SELECT SLEEP 10');
      await expect(wait(queryId)).resolves.toMatchObject({ state: 'succeeded' });
      snowflake.server.on(`/queries/${queryId}/result`, refusal('000709', 'Statement not found'));
      await expect(settle(randomUUID(), queryId)).resolves.toEqual({ state: 'unknown' });
    });

    it('are looked for by their effect key where Snowflake forgot their query id', async () => {
      const [forgotten, found] = [randomUUID(), await replica.submit(ref, context, 'SELECT SLEEP 10')];
      snowflake.server.on(`/monitoring/queries/${forgotten}`, ok({ queries: [] }));
      snowflake.server.onQuery(rowset([{ name: 'QUERY_ID', type: 'text', nullable: true }], [[found.queryId]]));
      const settled = settle(randomUUID(), forgotten);
      await expect(settled).resolves.toMatchObject({ state: 'succeeded', queryId: found.queryId });
    });

    it('stay unknown where nobody can tell', async () => {
      snowflake.server.onQuery(refusal('003001', 'Insufficient privileges'));
      await expect(settle(randomUUID())).resolves.toEqual({ state: 'unknown' });
    });
  });

  describe('that must not be sent any more', () => {
    const NAME = { name: 'QUERY_ID', type: 'text', nullable: true };
    const client = () => new Redis(redis.url);
    const sent = (sql: string) => snowflake.server.seenAt(QUERY_PATH).filter(({ body }) => body.sqlText === sql);
    const places = () => replica.app.get(StatementPlaces).count(ref.tenantId);
    const running = () => replica.app.get(RunningStatements).list(ref);
    const REFUSED = { code: 'RUN_ENDED', message: expect.stringContaining('it was not sent') as string };
    const WRITE = 'INSERT INTO T SELECT 1';

    const end = async (queryId: string) => {
      await replica.statements.cancel(ref, { queryId });
      await expect(wait(queryId)).resolves.toMatchObject({ state: 'failed' });
    };
    /** A statement that holds the only place while another waits for it. */
    const inLine = async (sql: string, requestId: string) => {
      await replica.limit(ref, { statementsPerSession: 1, queueWaitMs: 60_000 });
      const holder = await replica.submit(ref, context, 'SELECT SLEEP 15000');
      const waits = replica.submit(ref, context, sql, { requestId });
      const outcome = waits.catch((error: unknown) => error);
      await eventually(async () => (await places()).waiting === 1);
      return { outcome, goOn: () => end(holder.queryId) };
    };
    const leftNothing = async () => {
      await eventually(async () => (await places()).held === 0 && (await running()).length === 0);
      expect(await places()).toEqual({ held: 0, waiting: 0 });
    };

    it('are refused once they are settled as absent, by every replica', async () => {
      const requestId = randomUUID();
      snowflake.server.onQuery(rowset([NAME], []));
      const settled = replica.app.get(SettlementService).settle(ref, { requestId, effectKey: 'e1', context });
      await expect(settled).resolves.toEqual({ state: 'absent' });
      const other = await Replica.start({ redisUrl: redis.url, demoOrigin: snowflake.server.origin });
      for (const one of [replica, other]) {
        await expect(one.submit(ref, context, WRITE, { requestId })).rejects.toMatchObject(REFUSED);
      }
      await other.stop();
      expect(sent(WRITE)).toEqual([]);
      await leftNothing();
    });

    it('never run when they are cancelled while they wait for a place', async () => {
      const requestId = randomUUID();
      const { outcome, goOn } = await inLine(WRITE, requestId);
      await replica.statements.cancel(ref, { requestId });
      await goOn();
      expect(await outcome).toMatchObject(REFUSED);
      expect(sent(WRITE)).toEqual([]);
      await leftNothing();
    });

    it('never run when they are cancelled while they wait for their context, and give their turn to the next', async () => {
      const requestId = randomUUID();
      const holder = await replica.submit(ref, context, 'SELECT SLEEP 15000');
      const waits = replica.submit(ref, { ...context, role: 'ANALYST' }, WRITE, { requestId });
      const outcome = waits.catch((error: unknown) => error);
      const redisClient = client();
      const turn = () => redisClient.hget(sessionKeys.state(ref.sessionId), 'turn');
      await eventually(async () => (await turn()) === requestId);
      await replica.statements.cancel(ref, { requestId });
      expect(await outcome).toMatchObject(REFUSED);
      expect(await turn()).toBeNull();
      await redisClient.quit();
      await end(holder.queryId);
      expect(sent(WRITE)).toEqual([]);
      await leftNothing();
    });

    it('are stopped by the last look where they are cancelled after they were let in', async () => {
      const requestId = randomUUID();
      await replica.run(ref, context, 'SELECT 1');
      snowflake.server.onQuery((_, response) => {
        const reply = JSON.stringify(rowset([NAME], [], { finalRoleName: 'ANALYST' }));
        response.setHeader('content-type', 'application/json');
        void replica.statements.cancel(ref, { requestId }).then(() => response.end(reply));
        return undefined;
      });
      const submitted = replica.submit(ref, { ...context, role: 'ANALYST' }, WRITE, { requestId });
      await expect(submitted).rejects.toMatchObject(REFUSED);
      expect(snowflake.server.seenAt(QUERY_PATH).at(-1)?.body.sqlText).toMatch(/^USE /);
      expect(sent(WRITE)).toEqual([]);
      await leftNothing();
    });

    it('are those too that waited longer than anybody waits for them', async () => {
      const { outcome, goOn } = await inLine(WRITE, randomUUID());
      const late = Date.now() + 56_000;
      const clock = jest.spyOn(Date, 'now').mockImplementation(() => late);
      await goOn();
      expect(await outcome).toMatchObject({
        code: 'OVERLOADED',
        message: expect.stringContaining('not sent') as string,
      });
      clock.mockRestore();
      expect(sent(WRITE)).toEqual([]);
      await leftNothing();
    });

    it('leave nothing in Redis that does not end by itself', async () => {
      const requestId = randomUUID();
      await replica.statements.cancel(ref, { requestId });
      await expect(replica.submit(ref, context, WRITE, { requestId })).rejects.toMatchObject(REFUSED);
      await leftNothing();
      const redisClient = client();
      const keys = await redisClient.keys(`*${ref.sessionId}*`);
      const fence = tenantKeys.fenced(ref.tenantId, requestId);
      for (const key of [...keys, fence]) expect(await redisClient.pttl(key)).toBeGreaterThan(0);
      expect(await redisClient.pttl(fence)).toBeLessThanOrEqual(600_000);
      await redisClient.quit();
    });
  });

  it('describe themselves without running', async () => {
    const { columns, readOnly } = await replica.statements.describe(ref, { sql: 'SELECT 1', binds: [], context });
    expect({ columns, readOnly }).toEqual({
      columns: [{ name: 'A', type: 'VARCHAR(100)', nullable: true }],
      readOnly: true,
    });
    expect(snowflake.server.seenAt(QUERY_PATH).at(-1)?.body).toMatchObject({ describeOnly: true });
  });

  it('leave neither password nor token in Redis, nor does a sign-in that fails say the password', async () => {
    await expect(replica.signIn({ password: 'canary-7f3a' })).rejects.toMatchObject({
      code: 'SNOWFLAKE_LOGIN_FAILED',
      message: expect.not.stringContaining('canary-7f3a') as string,
      details: { extensions: { reason: 'WRONG_CREDENTIALS' } },
    });
    await replica.run(ref, context, 'SELECT 1', { binds: ['canary-bind'] });
    const client = new Redis(redis.url);
    const { token, master } = existing(snowflake.sessions[0]);
    for (const key of await client.keys('*')) {
      const held = (await client.type(key)) === 'hash' ? JSON.stringify(await client.hgetall(key)) : key;
      for (const secret of ['canary', token, master]) expect(held).not.toContain(secret);
    }
    await client.quit();
  });

  it.each([
    ['password', 'password'],
    ['key-pair', 'privateKey'],
    ['pat', 'token'],
    ['oauth-token', 'token'],
  ])('need a session, and a sign-in by %s needs its %s', async (authenticator, path) => {
    await expect(replica.signIn({ authenticator, password: undefined })).rejects.toMatchObject({
      code: 'VALIDATION',
      details: { errors: [{ path }] },
    });
  });
});
