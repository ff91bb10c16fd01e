import { JwtService } from '@nestjs/jwt';
import type { ConnectReply, ConnectRequest } from '@snowflow/contracts/auth/auth.dto';
import type { OpenRequest } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { RequestContext } from '@snowflow/contracts/sessions/request-context';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { tenantIdOf, userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { currentContext, runInScope } from '@snowflow/transport/request-scope';
import { Client } from 'pg';
import { startAuth, TestAuth } from '../testing/test-auth';

const CANARY = 'canary-password-7c1f';
const DEMO = { organization: 'SNOWFLOW', region: 'LOCAL', locator: 'DEMO' };
const OTHER = { organization: 'SNOWFLOW', region: 'LOCAL', locator: 'DEMO2' };
const context: PinnedContext = {
  role: 'SYSADMIN',
  secondaryRoles: 'NONE',
  warehouse: 'DEMO_WH',
  database: 'DEMO',
  schema: 'PUBLIC',
};

describe('Auth', () => {
  let auth: TestAuth;
  let opened: OpenRequest[];
  let closed: { scope: RequestContext; statements: string }[];

  beforeAll(async () => {
    auth = await startAuth();
    const { answers } = auth.connections;
    answers.open = (request) => {
      opened.push(request);
      if (request.password !== CANARY) throw new AppError('SNOWFLAKE_LOGIN_FAILED', 'Wrong user or password.');
      const account = request.account === 'demo2' ? OTHER : DEMO;
      return Promise.resolve({ account, username: request.username.toUpperCase(), context });
    };
    answers.close = ({ statements }) => {
      closed.push({ scope: currentContext(), statements });
      return Promise.resolve({ done: true });
    };
    answers.grants = () => Promise.resolve({ roles: ['SYSADMIN', 'ANALYST'], warehouses: ['DEMO_WH'] });
    answers.checkContext = ({ context: wanted }) => {
      if (wanted.role === 'NOBODY') throw new AppError('SNOWFLAKE_ACCESS_DENIED', 'The role is not granted.');
      return Promise.resolve(wanted);
    };
  });
  afterAll(() => auth.stop());
  beforeEach(() => {
    opened = [];
    closed = [];
  });

  const anonymous = <T>(work: () => Promise<T>) => runInScope({ context: { correlationId: 'spec' } }, work);
  const as = <T>({ session }: Required<ConnectReply>, work: () => Promise<T>) => {
    const userId = userIdOf(session.tenantId, session.username);
    const scope = { correlationId: 'spec', tenantId: session.tenantId, sessionId: session.id, userId };
    return runInScope({ context: scope }, work);
  };
  const connect = (request: Partial<ConnectRequest> = {}) =>
    anonymous(() =>
      auth.client.connect({
        account: 'demo',
        authenticator: 'password',
        username: 'demo',
        password: CANARY,
        ...request,
      }),
    );

  it('makes a session of a Snowflake sign-in, in the tenant that Snowflake names', async () => {
    const reply = await connect({ issueRefreshToken: true });
    const tenantId = tenantIdOf(DEMO);
    expect(reply).toMatchObject({
      tokenType: 'Bearer',
      expiresIn: 900,
      session: { tenantId, account: 'demo', username: 'DEMO', role: 'SYSADMIN', database: 'DEMO', schema: 'PUBLIC' },
    });
    expect(opened[0]).toMatchObject({ sessionId: reply.session.id, password: CANARY });
    const pem = auth.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const claims: unknown = new JwtService({}).verify(reply.accessToken, {
      publicKey: pem,
      algorithms: ['ES256'],
      issuer: 'snowflow-auth',
      audience: 'snowflow-api',
    });
    expect(claims).toMatchObject({ sub: userIdOf(tenantId, 'DEMO'), sid: reply.session.id, tid: tenantId });
  });

  it('makes the first person of a tenant its owner and the others builders, also when they come at once', async () => {
    const people = await Promise.all(
      ['ann', 'bob', 'cid', 'dan'].map((username) => connect({ account: 'demo2', username })),
    );
    const roles = people.map(({ session }) => session.appRole).sort();
    expect(roles).toEqual(['builder', 'builder', 'builder', 'owner']);
    const again = await Promise.all(
      ['ann', 'bob', 'cid', 'dan'].map((username) => connect({ account: 'demo2', username })),
    );
    expect(again.map(({ session }) => session.appRole)).toEqual(people.map(({ session }) => session.appRole));
  });

  it('keeps neither password nor refresh token in plaintext in Redis or Postgres', async () => {
    const { refreshToken } = await connect();
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
    await expect(connect({ password: 'wrong' })).rejects.toMatchObject({ code: 'SNOWFLAKE_LOGIN_FAILED' });
    expect(await auth.redis.keys('snowflow:session:*')).toEqual(before);
  });

  it('takes a refresh token once; used again, it ends the session and its whole family', async () => {
    const first = await connect();
    const second = await anonymous(() => auth.client.refresh({ refreshToken: first.refreshToken }));
    expect(second.session.id).toBe(first.session.id);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    const replay = anonymous(() => auth.client.refresh({ refreshToken: first.refreshToken }));
    await expect(replay).rejects.toMatchObject({ code: 'REFRESH_REUSED' });
    expect(await auth.redis.exists(`snowflow:session:${first.session.id}`)).toBe(0);
    const newest = anonymous(() => auth.client.refresh({ refreshToken: second.refreshToken }));
    await expect(newest).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    expect(closed).toEqual([
      { statements: 'finish', scope: expect.objectContaining({ sessionId: first.session.id }) as RequestContext },
    ]);
  });

  it('lets one of two who refresh at once through', async () => {
    const { refreshToken } = await connect();
    const both = await Promise.allSettled([1, 2].map(() => anonymous(() => auth.client.refresh({ refreshToken }))));
    expect(both.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
    expect(both.some(({ status }) => status === 'rejected')).toBe(true);
  });

  it('refuses refresh tokens that are none', async () => {
    for (const refreshToken of [
      'x',
      'ses_0000000000000000000000.short',
      `ses_0000000000000000000000.${'a'.repeat(43)}`,
    ]) {
      await expect(anonymous(() => auth.client.refresh({ refreshToken }))).rejects.toMatchObject({
        code: 'SESSION_ENDED',
      });
    }
  });

  it('says who is signed in, with the roles and warehouses to choose from', async () => {
    const tokens = await connect();
    expect(await as(tokens, () => auth.client.me({}))).toMatchObject({
      id: tokens.session.id,
      roles: ['SYSADMIN', 'ANALYST'],
      warehouses: ['DEMO_WH'],
    });
  });

  it('moves a session to another context where Snowflake allows it', async () => {
    const tokens = await connect();
    const moved = await as(tokens, () => auth.client.context({ role: 'ANALYST', database: 'OTHER' }));
    expect(moved).toMatchObject({ role: 'ANALYST', warehouse: 'DEMO_WH', database: 'OTHER', schema: null });
    expect(await as(tokens, () => auth.client.me({}))).toMatchObject({ role: 'ANALYST', database: 'OTHER' });
    const denied = as(tokens, () => auth.client.context({ role: 'NOBODY' }));
    await expect(denied).rejects.toMatchObject({ code: 'SNOWFLAKE_ACCESS_DENIED' });
    expect(await as(tokens, () => auth.client.me({}))).toMatchObject({ role: 'ANALYST' });
  });

  it('ends a session at once, and a change that comes too late does not bring it back', async () => {
    const tokens = await connect();
    auth.connections.answers.checkContext = async ({ context: wanted }) => {
      await as(tokens, () => auth.client.disconnect({ runs: 'cancel' }));
      return wanted;
    };
    const late = as(tokens, () => auth.client.context({ schema: 'LATE' }));
    await expect(late).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    expect(await auth.redis.exists(`snowflow:session:${tokens.session.id}`)).toBe(0);
    expect(closed.map(({ statements }) => statements)).toEqual(['cancel']);
    await expect(as(tokens, () => auth.client.me({}))).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    const refresh = anonymous(() => auth.client.refresh({ refreshToken: tokens.refreshToken }));
    await expect(refresh).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  });

  it('ends a session even while connection-manager fails', async () => {
    const tokens = await connect();
    auth.connections.answers.close = () => Promise.reject(new AppError('UNAVAILABLE', 'Down.'));
    await expect(as(tokens, () => auth.client.disconnect({}))).resolves.toEqual({ done: true });
    expect(await auth.redis.exists(`snowflow:session:${tokens.session.id}`)).toBe(0);
  });
});
