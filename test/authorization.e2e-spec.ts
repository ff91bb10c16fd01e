import { JwtService } from '@nestjs/jwt';
import { ACCESS_TOKEN_AUDIENCE, ACCESS_TOKEN_ISSUER } from '@snowflow/contracts/sessions/access-token';
import { jwksOf, makeSigningKey } from '@snowflow/platform/launch/signing-keys';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient } from './support/api-client';
import { openDirect } from './support/direct-sql';
import { type CallerName, CALLERS, expectedRows, requireRows, rowOf } from './support/expected-verdicts';
import { belongings } from './support/route-belongings';
import { type RouteCaller, type Verdict, verdictsOf } from './support/route-caller';
import { operationsOf } from './support/route-requests';

describe('Who may ask what', () => {
  const key = makeSigningKey();
  let stack: Stack;
  let observed: Map<string, string>;
  let scoped: Record<string, Verdict>;

  beforeAll(async () => {
    stack = await startStack({
      env: { JWT_PRIVATE_KEY: key, JWT_PUBLIC_KEYS: jwksOf(key), THROTTLE_REQUESTS_PER_MINUTE: '100000' },
    });
    observed = await observe();
  }, 180_000);
  afterAll(() => stack?.stop(), 60_000);

  /** Everything that routes are about is the builder's. */
  async function observe(): Promise<Map<string, string>> {
    const owner = new ApiClient(stack.gatewayUrl);
    await owner.connect('demo');
    const direct = await openDirect(stack.warehouseUrl);
    await direct.run('USE ROLE ACCOUNTADMIN');
    for (const [username, appRole] of Object.entries({ VIEWER: 'viewer', ADMIN: 'admin', SPARE: 'viewer' })) {
      await direct.run(`CREATE USER ${username} PASSWORD = 'secret' DEFAULT_ROLE = ANALYST`);
      await direct.run(`GRANT ROLE ANALYST TO USER ${username}`);
      await owner.call('POST', '/admin/members', { body: { username, appRole } });
    }
    await direct.close();
    const builder = new ApiClient(stack.gatewayUrl);
    const { tenantId, id: sessionId } = await builder.connect('analyst');
    const { body: settings } = await owner.call<object>('GET', '/admin/settings');
    const own = { api: builder, user: 'analyst', role: 'ANALYST', warehouseUrl: stack.warehouseUrl };
    const asked = { ...(await belongings({ ...own, sessionId }, 'owned')), tenantId, settings };
    const other = await belongings({ ...own, sessionId }, 'something-else');
    const api = new ApiClient(stack.gatewayUrl);
    const routes = await operationsOf(api);
    const callers = await callersOf(builder, other.publicationId);
    const found = new Map<CallerName, ReadonlyMap<string, Verdict>>();
    const ask = async (name: CallerName, about = asked) =>
      found.set(name, await verdictsOf(api, routes, callers[name], about));
    await Promise.all(CALLERS.filter((name) => name !== 'builder').map((name) => ask(name)));
    // Admins have ended the builder's sign-in and deleted some of what they own.
    const { id: next } = await builder.connect('analyst');
    const left = { ...asked, ...(await belongings({ ...own, sessionId: next }, 'owned-again')) };
    const headers = { 'x-api-key': await keyOf(builder, left.publicationId) };
    const called = await api.call<{ runId: string }>('POST', `/published/${left.slug}`, {
      body: {},
      headers: { ...headers, prefer: 'respond-async' },
    });
    const ofKey = routes.filter((route) => route.includes(' /published/'));
    const { runId } = called.body;
    scoped = Object.fromEntries(await verdictsOf(api, ofKey, { headers }, { ...left, runId }));
    await ask('builder', left);
    const verdicts = (route: string) => CALLERS.map((name) => found.get(name)?.get(route) ?? '-');
    return new Map(routes.map((route) => [route, rowOf(route, verdicts(route))]));
  }

  async function tokenOf(username: string, password = username, account = 'demo'): Promise<string> {
    const body = { account, authenticator: 'password', username, password, issueRefreshToken: true };
    const reply = await new ApiClient(stack.gatewayUrl).call<{ accessToken: string }>('POST', '/auth/connect', {
      body,
    });
    return `Bearer ${reply.body.accessToken}`;
  }

  async function person(...of: Parameters<typeof tokenOf>): Promise<RouteCaller> {
    const fresh = async () => ({ authorization: await tokenOf(...of) });
    return { headers: await fresh(), fresh };
  }

  /** A key that is for one publication alone. */
  async function keyOf(builder: ApiClient, publicationId: string): Promise<string> {
    const body = { name: `For ${publicationId}`, days: 1, publications: [publicationId] };
    return (await builder.call<{ key: string }>('POST', '/auth/api-keys', { body })).body.key;
  }

  async function callersOf(builder: ApiClient, otherPublication: string): Promise<Record<CallerName, RouteCaller>> {
    const revoked = await tokenOf('analyst');
    await new ApiClient(stack.gatewayUrl).call('POST', '/auth/disconnect', {
      headers: { authorization: revoked },
      body: {},
    });
    const key = await keyOf(builder, otherPublication);
    return {
      anonymous: { headers: {} },
      viewer: await person('VIEWER', 'secret'),
      builder: await person('analyst'),
      admin: await person('ADMIN', 'secret'),
      'other-tenant': await person('demo2', 'demo2', 'demo2'),
      expired: { headers: { authorization: expired(await tokenOf('analyst')) } },
      revoked: { headers: { authorization: revoked } },
      'other-key': { headers: { authorization: `Bearer ${key}`, 'x-api-key': key } },
    };
  }

  /** The same claims under the same key, of an hour ago. */
  function expired(authorization: string): string {
    const jwt = new JwtService({});
    const { sid, tid, ver, sub } = jwt.decode<Record<string, unknown>>(authorization.replace('Bearer ', ''));
    const { keys } = JSON.parse(jwksOf(key)) as { keys: [{ kid: string }] };
    const claims = { sid, tid, ver, iat: Math.floor(Date.now() / 1_000) - 7_200 };
    const signed = jwt.sign(claims, {
      privateKey: key,
      algorithm: 'ES256',
      keyid: keys[0].kid,
      issuer: ACCESS_TOKEN_ISSUER,
      audience: ACCESS_TOKEN_AUDIENCE,
      subject: String(sub),
      expiresIn: 3_600,
    });
    return `Bearer ${signed}`;
  }

  it('is not decided against a key that is for the published workflow itself', () => {
    expect(scoped).toEqual({
      'post /published/{slug}': 'yes',
      'get /published/{slug}/openapi.json': 'yes',
      'get /published/{slug}/runs/{runId}': 'yes',
      'post /published/{slug}/embed-tokens': 'yes',
    });
  });

  it('is decided for every route of the API', () => {
    expect(observed.size).toBeGreaterThan(50);
    expect(() => requireRows(observed, expectedRows())).not.toThrow();
  });

  it('is as the table says', () => {
    const expected = expectedRows();
    const rows = [...observed].filter(([route]) => expected.has(route)).map(([, row]) => row);
    expect(rows.toSorted()).toEqual([...expected.values()].toSorted());
  });
});
