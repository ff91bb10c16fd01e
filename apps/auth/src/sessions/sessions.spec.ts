import { JwtService } from '@nestjs/jwt';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { tenantIdOf, userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { eventually } from '@snowflow/testing/eventually';
import { Client } from 'pg';
import { CANARY, DEMO, StandInSnowflake } from '../testing/stand-in-snowflake';
import { startAuth, TestAuth } from '../testing/test-auth';

const MOST = 25;

describe('Auth', () => {
  let auth: TestAuth;
  let snowflake: StandInSnowflake;

  beforeAll(async () => {
    auth = await startAuth({ SESSIONS_PER_PERSON: String(MOST) });
  });
  afterAll(() => auth.stop());
  beforeEach(() => {
    snowflake = new StandInSnowflake(auth);
  });

  const sessionExists = async (id: string) => (await auth.redis.exists(`snowflow:session:${id}`)) === 1;

  it('makes a session of a Snowflake sign-in, in the tenant that Snowflake names', async () => {
    const reply = await snowflake.connect({ issueRefreshToken: true, client: 'Chrome on Windows' });
    const tenantId = tenantIdOf(DEMO);
    expect(reply).toMatchObject({
      tokenType: 'Bearer',
      expiresIn: 900,
      session: { tenantId, account: 'demo', username: 'DEMO', role: 'SYSADMIN', database: 'DEMO', schema: 'PUBLIC' },
    });
    expect(snowflake.opened[0]).toMatchObject({ sessionId: reply.session.id, password: CANARY });
    expect(Object.keys(snowflake.opened[0] ?? {})).not.toContain('client');
    const pem = auth.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const claims: unknown = new JwtService({}).verify(reply.accessToken, {
      publicKey: pem,
      algorithms: ['ES256'],
      issuer: 'snowflow-auth',
      audience: 'snowflow-api',
    });
    expect(claims).toMatchObject({ sub: userIdOf(tenantId, 'DEMO'), sid: reply.session.id, tid: tenantId, ver: 1 });
  });

  it('keeps neither password nor refresh token in plaintext in Redis or Postgres', async () => {
    const { refreshToken } = await snowflake.connect();
    const texts: string[] = [];
    for (const key of await auth.redis.keys('*')) {
      if ((await auth.redis.type(key)) === 'string') texts.push((await auth.redis.get(key)) ?? '');
      else if ((await auth.redis.type(key)) === 'stream')
        texts.push(JSON.stringify(await auth.redis.xrange(key, '-', '+')));
    }
    const client = new Client({ connectionString: auth.databaseUrl });
    await client.connect();
    texts.push(JSON.stringify((await client.query('SELECT * FROM auth.users')).rows));
    await client.end();
    expect(texts.length).toBeGreaterThan(2);
    expect(texts.filter((text) => text.includes(CANARY) || text.includes(refreshToken))).toEqual([]);
  });

  it('passes on why Snowflake refused, and leaves no session', async () => {
    const before = await auth.redis.keys('snowflow:session:*');
    await expect(snowflake.connect({ password: 'wrong' })).rejects.toMatchObject({ code: 'SNOWFLAKE_LOGIN_FAILED' });
    expect(await auth.redis.keys('snowflow:session:*')).toEqual(before);
  });

  it('says who is signed in, with the roles and warehouses to choose from', async () => {
    const tokens = await snowflake.connect();
    expect(await snowflake.as(tokens, () => auth.client.me({}))).toMatchObject({
      id: tokens.session.id,
      roles: ['SYSADMIN', 'ANALYST'],
      warehouses: ['DEMO_WH'],
    });
  });

  it('still says who is signed in when the role was taken away, with those that are left', async () => {
    const tokens = await snowflake.connect();
    snowflake.notLive = new AppError('ROLE_REVOKED', 'SYSADMIN is gone.');
    expect(await snowflake.as(tokens, () => auth.client.me({}))).toMatchObject({
      role: 'SYSADMIN',
      roleRevoked: true,
      roles: ['SYSADMIN', 'ANALYST'],
    });
  });

  it('moves a session to another context where Snowflake allows it', async () => {
    const tokens = await snowflake.connect();
    const moved = await snowflake.as(tokens, () => auth.client.context({ role: 'ANALYST', database: 'OTHER' }));
    expect(moved).toMatchObject({ role: 'ANALYST', warehouse: 'DEMO_WH', database: 'OTHER', schema: null });
    expect(await snowflake.as(tokens, () => auth.client.me({}))).toMatchObject({ role: 'ANALYST', database: 'OTHER' });
    const denied = snowflake.as(tokens, () => auth.client.context({ role: 'NOBODY' }));
    await expect(denied).rejects.toMatchObject({ code: 'SNOWFLAKE_ACCESS_DENIED' });
    expect(await snowflake.as(tokens, () => auth.client.me({}))).toMatchObject({ role: 'ANALYST' });
  });

  it('ends a session at once, its runs too where that is wanted, and a late change does not bring it back', async () => {
    const tokens = await snowflake.connect();
    auth.connections.answers.checkContext = async ({ context: wanted }) => {
      await snowflake.as(tokens, () => auth.client.disconnect({ runs: 'cancel' }));
      return wanted;
    };
    const late = snowflake.as(tokens, () => auth.client.context({ schema: 'LATE' }));
    await expect(late).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    expect(await sessionExists(tokens.session.id)).toBe(false);
    expect(snowflake.cancelled).toEqual([tokens.session.id]);
    expect(snowflake.closed.map(({ statements }) => statements)).toEqual(['cancel']);
    await expect(snowflake.as(tokens, () => auth.client.me({}))).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    await expect(snowflake.refresh(tokens)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  });

  it('ends a session and lets its runs go on where that is wanted, those in the queue too', async () => {
    const tokens = await snowflake.connect();
    await snowflake.as(tokens, () => auth.client.disconnect({ runs: 'finish' }));
    expect(await sessionExists(tokens.session.id)).toBe(false);
    expect(snowflake.held).toEqual([tokens.session.id]);
    expect(snowflake.closed.map(({ statements }) => statements)).toEqual(['finish']);
  });

  it('lets no token of a session in while its runs are still seen to', async () => {
    const tokens = await snowflake.connect();
    const record = async () =>
      JSON.parse((await auth.redis.get(`snowflow:session:${tokens.session.id}`)) ?? '{}') as { version?: number };
    const before = await record();
    let meanwhile: { version?: number } = {};
    auth.workflow.answers.holdRuns = async () => {
      meanwhile = await record();
      await expect(snowflake.refresh(tokens)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
      return { done: true };
    };
    await snowflake.as(tokens, () => auth.client.disconnect({ runs: 'finish' }));
    expect(before.version).toBe(1);
    expect(meanwhile.version).toBeGreaterThan(1);
  });

  it('ends the oldest sessions of who has too many', async () => {
    const connect = () => snowflake.connect({ username: 'hoarder' });
    const first = await connect();
    const others = [];
    for (let at = 0; at < MOST; at += 1) others.push(await connect());
    expect(await sessionExists(first.session.id)).toBe(false);
    expect(await sessionExists(others[0]?.session.id ?? '')).toBe(true);
    expect(snowflake.held).toEqual([first.session.id]);
  });

  it('ends a session even while the other services fail', async () => {
    const tokens = await snowflake.connect();
    auth.connections.answers.close = () => Promise.reject(new AppError('UNAVAILABLE', 'Down.'));
    auth.workflow.answers.cancelRuns = () => Promise.reject(new AppError('UNAVAILABLE', 'Down.'));
    const ending = snowflake.as(tokens, () => auth.client.disconnect({ runs: 'cancel' }));
    await expect(ending).resolves.toEqual({ done: true });
    expect(await sessionExists(tokens.session.id)).toBe(false);
  });

  describe('to a person', () => {
    const sessionsOf = (tokens: Awaited<ReturnType<StandInSnowflake['connect']>>) =>
      snowflake.as(tokens, () => auth.client.sessions({}));

    it('lists their own sessions and ends one of them, in Snowflake too', async () => {
      const here = await snowflake.connect({ username: 'lister', client: 'Firefox on Linux' });
      const there = await snowflake.connect({ username: 'lister' });
      const stranger = await snowflake.connect({ username: 'stranger' });
      const { items } = await sessionsOf(here);
      expect(items.map(({ id }) => id).sort()).toEqual([here.session.id, there.session.id].sort());
      expect(items.find(({ current }) => current)).toMatchObject({
        id: here.session.id,
        client: 'Firefox on Linux',
        role: 'SYSADMIN',
      });
      const foreign = snowflake.as(stranger, () => auth.client.revokeSession({ sessionId: there.session.id }));
      await expect(foreign).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await snowflake.as(here, () => auth.client.revokeSession({ sessionId: there.session.id }));
      expect((await sessionsOf(here)).items).toHaveLength(1);
      expect(snowflake.closed.map(({ scope }) => scope.sessionId)).toEqual([there.session.id]);
      await expect(snowflake.refresh(there)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    });

    it('offers to sign out everywhere', async () => {
      const mine = await Promise.all([1, 2, 3].map(() => snowflake.connect({ username: 'everywhere' })));
      const first = mine[0] as (typeof mine)[0];
      const stranger = await snowflake.connect({ username: 'stranger' });
      expect(await snowflake.as(first, () => auth.client.revokeSessions({}))).toEqual({ ended: 3 });
      expect(await Promise.all(mine.map(({ session }) => sessionExists(session.id)))).toEqual([false, false, false]);
      expect(snowflake.closed.map(({ scope }) => scope.sessionId).sort()).toEqual(
        mine.map(({ session }) => session.id).sort(),
      );
      expect(await sessionExists(stranger.session.id)).toBe(true);
    });
  });

  describe('whose person leaves while Snowflake still asks for approval', () => {
    it('ends the session that came of it', async () => {
      snowflake.beforeOpenReplies = () => snowflake.anonymous(() => auth.client.abandon({ attemptId: 'attempt-1' }));
      const connecting = snowflake.connect({ push: true, attemptId: 'attempt-1' });
      await expect(connecting).rejects.toMatchObject({ code: 'SESSION_ENDED' });
      expect(snowflake.closed).toHaveLength(1);
      expect(await sessionExists(snowflake.opened[0]?.sessionId ?? '')).toBe(false);
    });

    it('ends it also when the word comes after the fact', async () => {
      const tokens = await snowflake.connect({ attemptId: 'attempt-2' });
      await snowflake.anonymous(() => auth.client.abandon({ attemptId: 'attempt-2' }));
      await eventually(async () => !(await sessionExists(tokens.session.id)));
      expect(snowflake.closed).toHaveLength(1);
    });
  });
});
