import { OauthProvider, startOauthProvider } from '@snowflow/testing/oauth-provider/oauth-provider';
import { signInAtProvider } from '@snowflow/testing/oauth-provider/sign-in-at-provider';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, type Session } from './support/api-client';
import { openDirect } from './support/direct-sql';
import { freePort } from '@snowflow/testing/free-port';

const CLIENT = { id: 'snowflow', secret: 'a secret of at least thirty-two characters' };

describe.each([
  { rotate: true, sendIss: true },
  { rotate: true, sendIss: false },
  { rotate: false, sendIss: true },
  { rotate: false, sendIss: false },
])('Signing in by OAuth at a provider that is %j', ({ rotate, sendIss }) => {
  let stack: Stack;
  let provider: OauthProvider;
  let external: OauthProvider;

  beforeAll(async () => {
    const [port, externalPort] = [await freePort(), await freePort()];
    const origin = (at: number) => `http://127.0.0.1:${at}`;
    stack = await startStack({
      env: {
        WAREHOUSE_OAUTH_URL: origin(port),
        WAREHOUSE_OAUTH_ISSUERS: origin(externalPort),
        OAUTH_PRIVATE_ISSUERS: origin(externalPort),
      },
    });
    const clients = [{ ...CLIENT, redirectUris: [`${stack.gatewayUrl}/api/v1/auth/oauth/callback`] }];
    const users = [
      { name: 'ANALYST', password: 'analyst' },
      { name: 'DEMO', password: 'demo' },
    ];
    provider = await startOauthProvider({
      mode: 'snowflake',
      port,
      issuer: stack.warehouseUrl,
      clients,
      users,
      rotate,
      sendIss,
    });
    external = await startOauthProvider({ mode: 'external', port: externalPort, clients, users, rotate, sendIss });
    const owner = new ApiClient(stack.gatewayUrl);
    await owner.connect('demo');
    for (const [name, body] of Object.entries({
      snowflake: { clientId: CLIENT.id, clientSecret: CLIENT.secret },
      external: { clientId: CLIENT.id, clientSecret: CLIENT.secret, issuer: external.issuer },
    })) {
      const saved = await owner.call('PUT', `/admin/oauth-clients/${name}`, { body });
      if (saved.status !== 200) throw new Error(`${name}: ${saved.status} ${JSON.stringify(saved.body)}`);
    }
  }, 180_000);
  afterAll(async () => {
    await provider?.stop();
    await external?.stop();
    await stack?.stop();
  }, 60_000);

  const start = async (query: string) => {
    const response = await fetch(`${stack.gatewayUrl}/api/v1/auth/oauth/authorize?${query}`, { redirect: 'manual' });
    const cookie = response.headers
      .getSetCookie()
      .map((text) => text.split(';')[0])
      .join('; ');
    return { location: response.headers.get('location') ?? '', cookie };
  };
  const comeBack = async (callback: URL, cookie: string) => {
    const response = await fetch(callback, { redirect: 'manual', headers: { cookie } });
    const cookies = response.headers.getSetCookie();
    const access = cookies.find(
      (text) => text.startsWith('__Host-snowflow=') && !text.includes('Expires=Thu, 01 Jan 1970'),
    );
    return { location: response.headers.get('location'), cookie: access?.split(';')[0] };
  };
  const me = async (cookie: string) => {
    const response = await fetch(`${stack.gatewayUrl}/api/v1/auth/me`, { headers: { cookie } });
    return {
      status: response.status,
      body: (await response.json()) as Session & { authenticator: string; code?: string },
    };
  };

  it.each([
    ['snowflake', 'oauth'],
    ['external', 'external-oauth'],
  ])(
    'through %s, to a session that is renewed in the background',
    async (name, authenticator) => {
      const { location, cookie } = await start(`account=demo&provider=${name}&role=ANALYST&next=/workflows`);
      const callback = await signInAtProvider(location, 'ANALYST', 'analyst');
      expect(callback.searchParams.has('iss')).toBe(sendIss);
      const back = await comeBack(callback, cookie);
      expect(back.location).toBe('/workflows');
      expect((await me(back.cookie ?? '')).body).toMatchObject({ username: 'ANALYST', role: 'ANALYST', authenticator });

      const replayed = await comeBack(callback, cookie);
      expect(replayed).toEqual({ location: '/login?error=OAUTH_STATE_INVALID', cookie: undefined });

      // Snowflake ends the person's sessions, and the tokens with them: only the refresh token can begin one anew.
      const admin = await openDirect(stack.warehouseUrl);
      for (const sql of [
        'USE ROLE ACCOUNTADMIN',
        'ALTER USER analyst SET DISABLED = TRUE',
        'ALTER USER analyst SET DISABLED = FALSE',
      ]) {
        await admin.run(sql);
      }
      await admin.close();
      expect(await me(back.cookie ?? '')).toMatchObject({
        status: 200,
        body: { username: 'ANALYST', role: 'ANALYST' },
      });
    },
    60_000,
  );

  it("after the admin has read Snowflake's statement for the provider, which then works", async () => {
    const owner = new ApiClient(stack.gatewayUrl);
    await owner.connect('demo');
    const query = new URLSearchParams({ issuer: external.issuer }).toString();
    const path = `/admin/oauth-clients/external/setup-sql?${query}`;
    const { status, body } = await owner.call<{ sql: string; jwksUri: string }>('GET', path);
    expect(status).toBe(200);
    expect((await fetch(body.jwksUri)).status).toBe(200);
    expect(body.sql).toContain(`EXTERNAL_OAUTH_ISSUER = '${external.issuer}'`);
    expect(body.sql).toContain(`EXTERNAL_OAUTH_JWS_KEYS_URL = '${body.jwksUri}'`);

    const { location, cookie } = await start('account=demo&provider=external&role=ANALYST');
    await comeBack(await signInAtProvider(location, 'ANALYST', 'analyst'), cookie);
    const clients = await owner.call<{ items: { provider: string; provenAt: string | null }[] }>(
      'GET',
      '/admin/oauth-clients',
    );
    expect(clients.body.items.find(({ provider: name }) => name === 'external')?.provenAt).not.toBeNull();
  });

  it('not in another browser than the one that started', async () => {
    const { location } = await start('account=demo&provider=snowflake&role=ANALYST');
    const callback = await signInAtProvider(location, 'ANALYST', 'analyst');
    const stranger = await start('account=demo&provider=snowflake&role=ANALYST');
    expect(await comeBack(callback, stranger.cookie)).toEqual({
      location: '/login?error=OAUTH_STATE_INVALID',
      cookie: undefined,
    });
  });

  it('and says so where the person cancels, or the role is blocked', async () => {
    const cancelled = await start('account=demo&provider=snowflake&role=ANALYST');
    const back = await comeBack(await signInAtProvider(cancelled.location, 'ANALYST', undefined), cancelled.cookie);
    expect(back.location).toBe('/login?error=OAUTH_FAILED&reason=OAUTH_DENIED&account=demo');

    const blocked = await start('account=demo&provider=snowflake&role=ACCOUNTADMIN');
    const refused = await comeBack(await signInAtProvider(blocked.location, 'DEMO', 'demo'), blocked.cookie);
    expect(refused.location).toBe('/login?error=SNOWFLAKE_LOGIN_FAILED&reason=OAUTH_ROLE_BLOCKED&account=demo');
  });

  it('binds the session to its role: another needs another sign-in', async () => {
    const { location, cookie } = await start('account=demo&provider=snowflake&role=ANALYST');
    const back = await comeBack(await signInAtProvider(location, 'DEMO', 'demo'), cookie);
    const response = await fetch(`${stack.gatewayUrl}/api/v1/auth/context`, {
      method: 'POST',
      headers: { cookie: back.cookie ?? '', origin: stack.gatewayUrl, 'content-type': 'application/json' },
      body: JSON.stringify({ role: 'SYSADMIN' }),
    });
    expect([response.status, await response.json()]).toEqual([
      409,
      expect.objectContaining({
        code: 'ROLE_NEEDS_SIGN_IN',
        authorizeUrl: expect.stringContaining('role=SYSADMIN') as string,
      }),
    ]);
  });
});
