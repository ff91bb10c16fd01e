import { generateKeyPairSync } from 'node:crypto';
import { freePort } from '@snowflow/testing/free-port';
import { OauthProvider, startOauthProvider } from '@snowflow/testing/oauth-provider/oauth-provider';
import { signInAtProvider } from '@snowflow/testing/oauth-provider/sign-in-at-provider';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, type Session } from './support/api-client';
import { openDirect, type DirectConnection } from './support/direct-sql';

const ACCOUNT_FORMS = [
  'demo',
  'DEMO',
  ' demo ',
  'snowflow-demo',
  'SNOWFLOW_DEMO',
  'https://demo.snowflakecomputing.com/',
];
const CLIENT = { id: 'snowflow', secret: 'a secret of at least thirty-two characters' };

const keyPair = (passphrase?: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    pem: privateKey
      .export({ type: 'pkcs8', format: 'pem', ...(passphrase ? { cipher: 'aes-256-cbc', passphrase } : {}) })
      .toString(),
    public: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  };
};

interface Reply {
  code?: string;
  reason?: string;
  detail?: string;
  session?: Session & { authenticator: string };
}

describe('Signing in', () => {
  let stack: Stack;
  let admin: DirectConnection;
  const good = keyPair();
  const other = keyPair();
  const sealed = keyPair('pass phrase');
  let token: string;
  let expired: string;

  beforeAll(async () => {
    stack = await startStack({
      env: {
        WAREHOUSE_PUSH_TIMEOUT_SECONDS: '3',
        THROTTLE_CONNECTS_PER_MINUTE: '10000',
        THROTTLE_REQUESTS_PER_MINUTE: '100000',
      },
    });
    admin = await openDirect(stack.warehouseUrl);
    for (const sql of [
      'USE ROLE ACCOUNTADMIN',
      `CREATE USER keyed DEFAULT_ROLE = ANALYST RSA_PUBLIC_KEY = '${good.public}' RSA_PUBLIC_KEY_2 = '${sealed.public}'`,
      'GRANT ROLE ANALYST TO USER keyed',
      `CREATE USER locked PASSWORD = 'locked' DEFAULT_ROLE = ANALYST`,
      'GRANT ROLE ANALYST TO USER locked',
      'ALTER USER locked SET MINS_TO_UNLOCK = 15',
      `CREATE USER gone PASSWORD = 'gone' DEFAULT_ROLE = ANALYST DISABLED = TRUE`,
    ]) {
      await admin.run(sql);
    }
    const secretOf = async (sql: string) => (await admin.rows(sql))[0]?.[1] as string;
    token = await secretOf(`ALTER USER keyed ADD PROGRAMMATIC ACCESS TOKEN good ROLE_RESTRICTION = 'ANALYST'`);
    expired = await secretOf('ALTER USER keyed ADD PROGRAMMATIC ACCESS TOKEN old DAYS_TO_EXPIRY = 0');
  }, 180_000);
  afterAll(async () => {
    await admin?.close();
    await stack?.stop();
  }, 60_000);

  const connect = async (body: object) => {
    const startedAt = Date.now();
    const reply = await new ApiClient(stack.gatewayUrl).call<Reply>('POST', '/auth/connect', { body });
    return { ...reply, ms: Date.now() - startedAt };
  };

  const ways: Record<string, () => { body: object; username: string; role: string }> = {
    password: () => ({
      body: { authenticator: 'password', username: 'analyst', password: 'analyst' },
      username: 'ANALYST',
      role: 'ANALYST',
    }),
    'password and passcode': () => ({
      body: { authenticator: 'password', username: 'mfa', password: 'mfa', passcode: '123456' },
      username: 'MFA',
      role: 'ANALYST',
    }),
    'key pair': () => ({
      body: { authenticator: 'key-pair', username: 'keyed', privateKey: good.pem },
      username: 'KEYED',
      role: 'ANALYST',
    }),
    'encrypted key pair': () => ({
      body: {
        authenticator: 'key-pair',
        username: 'keyed',
        privateKey: sealed.pem,
        privateKeyPassphrase: 'pass phrase',
      },
      username: 'KEYED',
      role: 'ANALYST',
    }),
    'programmatic access token': () => ({
      body: { authenticator: 'pat', username: 'keyed', token },
      username: 'KEYED',
      role: 'ANALYST',
    }),
    'programmatic access token as password': () => ({
      body: { authenticator: 'password', username: 'keyed', password: token },
      username: 'KEYED',
      role: 'ANALYST',
    }),
  };

  describe.each(Object.keys(ways))('by %s', (way) => {
    it.each(ACCOUNT_FORMS)('works with the account spelled %j, in one tenant', async (account) => {
      const { body, username, role } = (ways[way] as (typeof ways)[string])();
      const reply = await connect({ account, ...body });
      expect([reply.status, reply.body.detail]).toEqual([201, undefined]);
      expect(reply.body.session).toMatchObject({ username, role });
      const reference = await connect({
        account: 'demo',
        authenticator: 'password',
        username: 'demo',
        password: 'demo',
      });
      expect(reply.body.session?.tenantId).toBe(reference.body.session?.tenantId);
    });
  });

  const refusals: [string, () => object, [number, string, string | undefined]][] = [
    [
      'a wrong password',
      () => ({ authenticator: 'password', username: 'demo', password: 'wrong' }),
      [401, 'SNOWFLAKE_LOGIN_FAILED', 'WRONG_CREDENTIALS'],
    ],
    [
      'a user who does not exist, as a wrong password',
      () => ({ authenticator: 'password', username: 'nobody', password: 'wrong' }),
      [401, 'SNOWFLAKE_LOGIN_FAILED', 'WRONG_CREDENTIALS'],
    ],
    [
      'a wrong passcode',
      () => ({ authenticator: 'password', username: 'mfa', password: 'mfa', passcode: '000000' }),
      [401, 'SNOWFLAKE_LOGIN_FAILED', 'PASSCODE_WRONG'],
    ],
    [
      'a push nobody approves',
      () => ({ authenticator: 'password', username: 'mfa', password: 'mfa', push: true }),
      [401, 'SNOWFLAKE_LOGIN_FAILED', 'PUSH_TIMEOUT'],
    ],
    [
      'a key that does not match',
      () => ({ authenticator: 'key-pair', username: 'keyed', privateKey: other.pem }),
      [401, 'SNOWFLAKE_LOGIN_FAILED', 'KEY_MISMATCH'],
    ],
    [
      'an encrypted key without its passphrase',
      () => ({ authenticator: 'key-pair', username: 'keyed', privateKey: sealed.pem }),
      [401, 'SNOWFLAKE_LOGIN_FAILED', 'KEY_ENCRYPTED'],
    ],
    [
      'a wrong passphrase',
      () => ({ authenticator: 'key-pair', username: 'keyed', privateKey: sealed.pem, privateKeyPassphrase: 'x' }),
      [401, 'SNOWFLAKE_LOGIN_FAILED', 'PASSPHRASE_WRONG'],
    ],
    [
      'what is no key',
      () => ({ authenticator: 'key-pair', username: 'keyed', privateKey: 'hello' }),
      [401, 'SNOWFLAKE_LOGIN_FAILED', 'KEY_UNREADABLE'],
    ],
    [
      'an unknown token',
      () => ({ authenticator: 'pat', username: 'keyed', token: 'nonsense' }),
      [401, 'SNOWFLAKE_LOGIN_FAILED', 'TOKEN_INVALID'],
    ],
    [
      'an expired token',
      () => ({ authenticator: 'pat', username: 'keyed', token: expired }),
      [401, 'SNOWFLAKE_LOGIN_FAILED', 'TOKEN_EXPIRED'],
    ],
    [
      'a network policy',
      () => ({ authenticator: 'password', username: 'walled', password: 'walled' }),
      [401, 'SNOWFLAKE_LOGIN_FAILED', 'NETWORK_POLICY'],
    ],
    [
      'a role that is not granted',
      () => ({ authenticator: 'password', username: 'analyst', password: 'analyst', role: 'SYSADMIN' }),
      [401, 'SNOWFLAKE_LOGIN_FAILED', 'ROLE_NOT_GRANTED'],
    ],
    [
      'a locked user',
      () => ({ authenticator: 'password', username: 'locked', password: 'locked' }),
      [401, 'SNOWFLAKE_LOGIN_FAILED', 'USER_LOCKED'],
    ],
    [
      'a disabled user',
      () => ({ authenticator: 'password', username: 'gone', password: 'gone' }),
      [401, 'SNOWFLAKE_LOGIN_FAILED', 'USER_DISABLED'],
    ],
    [
      'the identity of a container outside of one',
      () => ({ authenticator: 'container' }),
      [403, 'METHOD_REFUSED', undefined],
    ],
    [
      'an account that does not exist',
      () => ({ account: 'no-such-account-x7', authenticator: 'password', username: 'a', password: 'b' }),
      [504, 'SNOWFLAKE_UNREACHABLE', 'ACCOUNT_UNKNOWN'],
    ],
    [
      'an account that is none',
      () => ({ account: 'org.account', authenticator: 'password', username: 'a', password: 'b' }),
      [422, 'VALIDATION', undefined],
    ],
  ];

  it.each(refusals)(
    'refuses %s, with the reason and a sentence, in time',
    async (_what, body, [status, code, reason]) => {
      const reply = await connect({ account: 'demo', ...body() });
      expect([reply.status, reply.body.code, reply.body.reason]).toEqual([status, code, reason]);
      expect(reply.body.detail?.length).toBeGreaterThan(20);
      expect(reply.ms).toBeLessThan(10_000);
    },
  );

  it('waits for a pushed request until it is approved', async () => {
    const signingIn = connect({
      account: 'demo',
      authenticator: 'password',
      username: 'mfa',
      password: 'mfa',
      push: true,
    });
    for (let approved = false; !approved;) {
      const answer = await fetch(`${stack.warehouseUrl}/demo/mfa/demo/mfa/approve`, { method: 'POST' });
      approved = answer.status === 200;
    }
    expect((await signingIn).status).toBe(201);
  });
});

describe.each([
  { rotate: true, sendIss: true },
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
