import type { ConnectReply } from '@snowflow/contracts/auth/auth.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { ownerSession, startGateway, TestGateway } from '../testing/test-gateway';

describe('Signing in through the gateway', () => {
  let gateway: TestGateway;
  let refreshed: (string | undefined)[];

  const tokens = (): Required<ConnectReply> => {
    const { context, ...record } = ownerSession();
    const session = { ...record, ...context };
    return { accessToken: 'a.b.c', tokenType: 'Bearer', expiresIn: 900, session, refreshToken: 'refresh-token-1' };
  };
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${gateway.url}/api/v1/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const credentials = { account: 'demo', authenticator: 'password', username: 'demo', password: 'demo' };

  beforeAll(async () => {
    gateway = await startGateway({ PUBLIC_ORIGINS: 'http://localhost:5173' });
    gateway.auth.answers.connect = () => Promise.resolve(tokens());
    gateway.auth.answers.refresh = ({ refreshToken }) => {
      refreshed.push(refreshToken);
      if (refreshToken === 'used') throw new AppError('REFRESH_REUSED', 'Used before.');
      return Promise.resolve(tokens());
    };
  });
  beforeEach(() => {
    refreshed = [];
  });
  afterAll(() => gateway.stop());

  it('sets cookies that only this host gets and no script reads', async () => {
    const response = await post('connect', credentials);
    expect(response.status).toBe(201);
    const cookies = response.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['__Host-snowflow', '__Host-snowflow-refresh']);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; Path=\/(;|$)/);
      expect(cookie).toContain('HttpOnly');
      expect(cookie).toContain('Secure');
      expect(cookie).toContain('SameSite=Strict');
      expect(cookie).not.toMatch(/domain/i);
    }
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('gives the refresh token in the body only to who asks for it', async () => {
    expect(await (await post('connect', credentials)).json()).not.toHaveProperty('refreshToken');
    const asked = await (await post('connect', { ...credentials, issueRefreshToken: true })).json();
    expect(asked).toMatchObject({ refreshToken: 'refresh-token-1', tokenType: 'Bearer', expiresIn: 900 });
  });

  it('refreshes by cookie from its own pages, and by body from anywhere', async () => {
    const cookie = '__Host-snowflow-refresh=from-cookie';
    const own = await post('refresh', {}, { cookie, origin: gateway.url });
    expect(own.status).toBe(200);
    expect(await own.json()).not.toHaveProperty('refreshToken');
    expect((await post('refresh', {}, { cookie, origin: 'http://localhost:5173' })).status).toBe(200);
    expect((await post('refresh', {}, { cookie, origin: 'https://evil.example' })).status).toBe(403);
    const client = await post('refresh', { refreshToken: 'from-body' });
    expect(await client.json()).toMatchObject({ refreshToken: 'refresh-token-1' });
    expect(refreshed).toEqual(['from-cookie', 'from-cookie', 'from-body']);
    expect((await post('refresh', {})).status).toBe(401);
  });

  it('clears the cookies of a session that was ended by a reused token', async () => {
    const response = await post('refresh', {}, { cookie: '__Host-snowflow-refresh=used', origin: gateway.url });
    expect(await response.json()).toMatchObject({ code: 'REFRESH_REUSED', status: 401 });
    expect(response.headers.getSetCookie().every((cookie) => /Expires=Thu, 01 Jan 1970/.test(cookie))).toBe(true);
    expect(response.headers.getSetCookie()).toHaveLength(2);
  });

  it('signs out without a body, and clears the cookies', async () => {
    gateway.auth.answers.disconnect = () => Promise.resolve({ done: true });
    const { token } = await gateway.signIn();
    const response = await fetch(`${gateway.url}/api/v1/auth/disconnect`, {
      method: 'POST',
      headers: { cookie: `__Host-snowflow=${token}`, origin: gateway.url },
    });
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()).toHaveLength(2);
  });
});
