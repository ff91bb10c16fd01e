import { JwtService } from '@nestjs/jwt';
import { ACCESS_TOKEN_AUDIENCE, ACCESS_TOKEN_ISSUER } from '@snowflow/contracts/sessions/access-token';
import { jwksOf, makeSigningKey } from '@snowflow/platform/launch/signing-keys';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, runToEnd } from './support/api-client';
import { accessTokenOf, openDirect } from './support/direct-sql';
import { sixInARow } from './support/document-builder';
import { type CallerName, CALLERS, expectedRows, requireRows, rowOf } from './support/expected-verdicts';
import { type RouteCaller, type Verdict, verdictsOf } from './support/route-caller';
import { type Ids, operationsOf, templateWords } from './support/route-requests';

describe('Who may ask what', () => {
  const key = makeSigningKey();
  let stack: Stack;
  let observed: Map<string, string>;

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
    const asked = { ...(await belongings(builder, sessionId)), tenantId, settings };
    const api = new ApiClient(stack.gatewayUrl);
    const routes = await operationsOf(api);
    const callers = await callersOf(builder);
    const found = new Map<CallerName, ReadonlyMap<string, Verdict>>();
    const ask = async (name: CallerName, about = asked) =>
      found.set(name, await verdictsOf(api, routes, callers[name], about));
    await Promise.all(CALLERS.filter((name) => name !== 'builder').map((name) => ask(name)));
    // Admins delete some of what the builder owns.
    await ask('builder', { ...asked, ...(await belongings(builder, sessionId)) });
    const verdicts = (route: string) => CALLERS.map((name) => found.get(name)?.get(route) ?? '-');
    return new Map(routes.map((route) => [route, rowOf(route, verdicts(route))]));
  }

  async function belongings(builder: ApiClient, sessionId: string): Promise<Ids> {
    const saved = await builder.call<{ id: string }>('POST', '/workflows/save', { body: { definition: sixInARow() } });
    const run = await runToEnd(builder, { workflowId: saved.body.id });
    const made = await builder.call<{ id: string }>('POST', '/auth/api-keys', { body: { name: 'Mine', days: 1 } });
    const secret = await accessTokenOf(stack.warehouseUrl, 'analyst');
    const body = { name: 'Mine', kind: 'pat', secret };
    const credential = await builder.call<{ id: string }>('POST', '/credentials', { body });
    const workflowId = saved.body.id;
    const template = await builder.call<{ id: string }>('POST', '/templates', {
      body: { ...templateWords, workflowId },
    });
    const ids = {
      workflowId,
      runId: run.id,
      apiKeyId: made.body.id,
      credentialId: credential.body.id,
      templateId: template.body.id,
    };
    expect(Object.values(ids)).not.toContain(undefined);
    return { ...ids, sessionId };
  }

  async function tokenOf(username: string, password = username, account = 'demo'): Promise<string> {
    const body = { account, authenticator: 'password', username, password, issueRefreshToken: true };
    const reply = await new ApiClient(stack.gatewayUrl).call<{ accessToken: string }>('POST', '/auth/connect', {
      body,
    });
    return `Bearer ${reply.body.accessToken}`;
  }

  async function person(...of: Parameters<typeof tokenOf>): Promise<RouteCaller> {
    return { authorization: await tokenOf(...of), fresh: () => tokenOf(...of) };
  }

  async function callersOf(builder: ApiClient): Promise<Record<CallerName, RouteCaller>> {
    const revoked = await tokenOf('analyst');
    await new ApiClient(stack.gatewayUrl).call('POST', '/auth/disconnect', {
      headers: { authorization: revoked },
      body: {},
    });
    const made = await builder.call<{ key: string }>('POST', '/auth/api-keys', { body: { name: 'Other', days: 1 } });
    return {
      anonymous: { authorization: undefined },
      viewer: await person('VIEWER', 'secret'),
      builder: await person('analyst'),
      admin: await person('ADMIN', 'secret'),
      'other-tenant': await person('demo2', 'demo2', 'demo2'),
      expired: { authorization: expired(await tokenOf('analyst')) },
      revoked: { authorization: revoked },
      'other-key': { authorization: `Bearer ${made.body.key}` },
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
