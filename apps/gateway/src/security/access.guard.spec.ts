import { generateKeyPairSync } from 'node:crypto';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { apiDocument } from '../openapi/api-document';
import { ownerSession, startGateway, TestGateway } from '../testing/test-gateway';

describe('A gateway', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startGateway();
    gateway.auth.answers.me = () => Promise.reject(new Error('not reached'));
    gateway.workflow.answers.list = () => Promise.resolve({ items: [], nextCursor: null });
  });
  afterAll(() => gateway.stop());

  const list = (headers: Record<string, string>) => fetch(`${gateway.url}/api/v1/workflows`, { headers });

  it('answers 401 on every route that is not meant for strangers', async () => {
    const open = [
      'connect',
      'refresh',
      'methods',
      'connection-test',
      'oauth/authorize',
      'oauth/setup',
      'oauth/setup-sql',
    ].map((route) => `/api/v1/auth/${route}`);
    const routes = Object.entries(apiDocument(gateway.app).paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => ({ path, method })),
    );
    expect(routes.length).toBeGreaterThan(20);
    for (const { path, method } of routes.filter(({ path }) => !open.includes(path))) {
      const response = await fetch(gateway.url + path.replaceAll(/\{\w+\}/g, 'x'), { method: method.toUpperCase() });
      expect([path, method, response.status]).toEqual([path, method, 401]);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await response.json()).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    }
  });

  it('lets a person in by header, and by cookie', async () => {
    const { headers, token } = await gateway.signIn();
    expect((await list(headers)).status).toBe(200);
    expect((await list({ cookie: `__Host-snowflow=${token}` })).status).toBe(200);
  });

  it('refuses tokens that are forged, expired, or for somebody else', async () => {
    const { session } = await gateway.signIn();
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const forged = [
      gateway.mint.unsigned(session),
      gateway.mint.symmetric(session),
      gateway.mint.tokenOf(session, { key: stranger }),
      gateway.mint.tokenOf(session, { kid: 'other' }),
      gateway.mint.tokenOf(session, { expiresIn: -1 }),
      gateway.mint.tokenOf(session, { audience: 'another-api' }),
      gateway.mint.tokenOf(session, { issuer: 'another-issuer' }),
      'x.y.z',
      '..',
      '',
    ];
    for (const token of forged) {
      const response = await list({ authorization: `Bearer ${token}` });
      expect([token, response.status, ((await response.json()) as { code: string }).code]).toEqual([
        token,
        401,
        'UNAUTHENTICATED',
      ]);
    }
  });

  it('refuses a good token once its session is gone, and one that names another tenant', async () => {
    const { session, headers } = await gateway.signIn();
    const elsewhere = gateway.mint.tokenOf({ ...session, tenantId: ownerSession().tenantId });
    expect(await (await list({ authorization: `Bearer ${elsewhere}` })).json()).toMatchObject({
      code: 'SESSION_ENDED',
    });
    await gateway.redis.del(`snowflow:session:${session.id}`);
    const response = await list(headers);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'SESSION_ENDED' });
  });

  it('refuses a token of an older version of its session: the rights it spoke of have changed', async () => {
    const { session, headers } = await gateway.signIn();
    await new SessionStore(gateway.redis).changeRights(session.id, { appRole: 'viewer' });
    expect(await (await list(headers)).json()).toMatchObject({ code: 'SESSION_ENDED', status: 401 });
  });

  it('refuses a change from another origin on every route that changes something', async () => {
    const { token } = await gateway.signIn();
    const unsafe = Object.entries(apiDocument(gateway.app).paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((method) => method !== 'get')
        .map((method) => ({ path, method: method.toUpperCase() })),
    );
    expect(unsafe.length).toBeGreaterThan(20);
    for (const { path, method } of unsafe) {
      const response = await fetch(gateway.url + path.replaceAll(/\{\w+\}/g, 'x'), {
        method,
        headers: { cookie: `__Host-snowflow=${token}`, origin: 'https://evil.example' },
      });
      expect([path, method, response.status]).toEqual([path, method, 403]);
    }
  });

  it('publishes the keys that sign its tokens, and nothing private', async () => {
    const response = await fetch(`${gateway.url}/.well-known/jwks.json`);
    const { keys } = (await response.json()) as { keys: Record<string, unknown>[] };
    expect(response.status).toBe(200);
    expect(keys.map(({ kid }) => kid)).toEqual(['test', 'next']);
    expect(keys.every((key) => !('d' in key))).toBe(true);
  });

  it('takes tokens of every key it knows, so that keys can be changed without signing anybody out', async () => {
    const { session } = await gateway.signIn();
    const next = gateway.mint.tokenOf(session, { key: gateway.mint.nextKey, kid: 'next' });
    expect((await list({ authorization: `Bearer ${next}` })).status).toBe(200);
  });

  it('takes changes by cookie from its own pages only', async () => {
    gateway.catalog.answers.refresh = () => Promise.resolve({ done: true });
    const { token } = await gateway.signIn();
    const change = (headers: Record<string, string>) =>
      fetch(`${gateway.url}/api/v1/catalog/refresh`, {
        method: 'POST',
        headers: { cookie: `__Host-snowflow=${token}`, ...headers },
      });
    expect((await change({ origin: gateway.url })).status).toBe(204);
    for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'null' }] as Record<string, string>[]) {
      const response = await change(headers);
      expect([headers, response.status]).toEqual([headers, 403]);
      expect(await response.json()).toMatchObject({ code: 'ORIGIN_REFUSED' });
    }
  });
});
