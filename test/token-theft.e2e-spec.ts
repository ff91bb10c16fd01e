import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, type Session } from './support/api-client';

interface Tokens {
  accessToken: string;
  refreshToken: string;
  session: Session;
}

describe('What a thief can do with a token, on two replicas of everything', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({
      copies: 2,
      env: { THROTTLE_CONNECTS_PER_MINUTE: '1000', THROTTLE_REQUESTS_PER_MINUTE: '100000' },
    });
  }, 180_000);
  afterAll(() => stack?.stop(), 60_000);

  const demo = { account: 'demo', authenticator: 'password', username: 'demo', password: 'demo' };

  async function connect(): Promise<Tokens> {
    const reply = await new ApiClient(stack.gatewayUrl).call<Tokens>('POST', '/auth/connect', {
      body: { ...demo, issueRefreshToken: true },
    });
    expect(reply.status).toBe(201);
    return reply.body;
  }

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const call = (replica: number, method: string, path: string, headers: Record<string, string>, body?: object) =>
    new ApiClient(stack.gatewayUrls[replica] as string).call<{ code?: string }>(method, path, { headers, body });
  /** What each replica answers to this token, asked at once. */
  const everywhere = async (token: string) =>
    Promise.all(
      stack.gatewayUrls.map(async (_, replica) => (await call(replica, 'GET', '/auth/me', bearer(token))).status),
    );

  it('a refresh token that is used after its successor was ends its whole family, at once and on every replica', async () => {
    const first = await connect();
    const refresh = (replica: number, refreshToken: string) =>
      new ApiClient(stack.gatewayUrls[replica] as string).call<Tokens & { code?: string }>('POST', '/auth/refresh', {
        body: { refreshToken },
      });
    const second = await refresh(0, first.refreshToken);
    expect(second.status).toBe(200);
    // Whose answer was lost asks again, at any replica.
    const repeated = await refresh(1, first.refreshToken);
    expect([repeated.status, repeated.body.refreshToken]).toEqual([200, second.body.refreshToken]);
    const third = await refresh(0, second.body.refreshToken);
    expect(await everywhere(third.body.accessToken)).toEqual([200, 200]);

    const replayed = await refresh(1, first.refreshToken);
    expect(replayed.status).toBe(401);
    expect(await everywhere(third.body.accessToken)).toEqual([401, 401]);
    expect((await refresh(0, third.body.refreshToken)).status).toBe(401);
  });

  it.each([
    ['signing out', (tokens: Tokens) => call(0, 'POST', '/auth/disconnect', bearer(tokens.accessToken), {})],
    ['signing out everywhere', (tokens: Tokens) => call(0, 'DELETE', '/auth/sessions', bearer(tokens.accessToken))],
    [
      'being revoked from another session',
      async (tokens: Tokens) =>
        call(1, 'DELETE', `/auth/sessions/${tokens.session.id}`, bearer((await connect()).accessToken)),
    ],
  ])('%s kills a token for the next request on every replica', async (_what, end) => {
    const tokens = await connect();
    expect(await everywhere(tokens.accessToken)).toEqual([200, 200]);
    expect((await end(tokens)).status).toBeLessThan(300);
    expect(await everywhere(tokens.accessToken)).toEqual([401, 401]);
  });

  it('a token with a part of another is refused, and so is one that signs itself', async () => {
    const [mine, other] = [await connect(), await connect()];
    const [header, payload, signature] = mine.accessToken.split('.') as [string, string, string];
    const [, otherPayload, otherSignature] = other.accessToken.split('.') as [string, string, string];
    const written = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const forged = [
      `${header}.${otherPayload}.${signature}`,
      `${header}.${payload}.${otherSignature}`,
      `${header}.${written({ ...claims, exp: 4_000_000_000 })}.${signature}`,
      `${written({ alg: 'none', typ: 'JWT' })}.${payload}.`,
      `${written({ alg: 'none', typ: 'JWT' })}.${payload}.${signature}`,
      `${written({ alg: 'HS256', typ: 'JWT' })}.${payload}.${signature}`,
    ];
    for (const token of forged) expect([token, await everywhere(token)]).toEqual([token, [401, 401]]);
    expect(await everywhere(mine.accessToken)).toEqual([200, 200]);
  });

  it("a session that a thief planted in somebody's browser is not the one they sign in to", async () => {
    const planted = await connect();
    const response = await fetch(`${stack.gatewayUrl}/api/v1/auth/connect`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: stack.gatewayUrl,
        cookie: `__Host-snowflow=${planted.accessToken}; __Host-snowflow-refresh=${planted.refreshToken}`,
      },
      body: JSON.stringify(demo),
    });
    const { session } = (await response.json()) as Tokens;
    expect(session.id).not.toBe(planted.session.id);
    const cookies = response.headers.getSetCookie().join();
    expect(cookies).toContain('__Host-snowflow=');
    expect(cookies).not.toContain(planted.accessToken);
    expect(cookies).not.toContain(planted.refreshToken);
  });

  it('a page of another origin does nothing with the cookies it makes a browser send', async () => {
    const { accessToken } = await connect();
    const cookie = `__Host-snowflow=${accessToken}`;
    for (const origin of ['https://evil.example', 'null', `${stack.gatewayUrl}.evil.example`]) {
      const { status, body } = await call(1, 'POST', '/auth/disconnect', { cookie, origin }, {});
      expect([origin, status, body.code]).toEqual([origin, 403, 'ORIGIN_REFUSED']);
    }
    expect(await everywhere(accessToken)).toEqual([200, 200]);
  });
});
