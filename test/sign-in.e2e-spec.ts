import { generateKeyPairSync } from 'node:crypto';
import { OauthProvider, startOauthProvider } from '@snowflow/testing/oauth-provider/oauth-provider';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, type Session } from './support/api-client';
import { freePort } from '@snowflow/testing/free-port';
import { accessTokenAt } from './support/oauth-access-token';
import { openDirect, type DirectConnection } from './support/direct-sql';

const ACCOUNT_FORMS = [
  'demo',
  'DEMO',
  ' demo ',
  'snowflow-demo',
  'SNOWFLOW_DEMO',
  'https://demo.snowflakecomputing.com/',
  'HTTPS://SNOWFLOW-DEMO.snowflakecomputing.com/console#/data?x=1',
  'snowflow_demo.snowflakecomputing.com',
];
/** What is read of accounts that are elsewhere. */
const OTHER_FORMS = [
  ['MyOrg-My_Account', 'myorg-my-account'],
  ['https://app.snowflake.com/myorg/acc/#/homepage', 'myorg-acc'],
  ['AB12345.eu-central-1', 'ab12345.eu-central-1'],
  ['ab12345.west-europe.azure', 'ab12345.west-europe.azure'],
  ['ab12345.us-central1.gcp', 'ab12345.us-central1.gcp'],
  ['myorg-acc.privatelink', 'myorg-acc.privatelink'],
  ['https://ab12345.us-east-1.privatelink.snowflakecomputing.com/', 'ab12345.us-east-1.privatelink'],
  ['https://myorg-acc.snowflakecomputing.cn/', 'myorg-acc.cn'],
  ['myorg-acc.cn', 'myorg-acc.cn'],
  ['ab12345.cn-north-1', 'ab12345.cn-north-1'],
] as const;
const REFUSED_FORMS = [
  ['snowflow.demo', 'snowflow-demo'],
  ['myorg-acc.snowflakecomputing.com:443', 'port'],
  ['https://app.snowflake.com/', 'names no account'],
  ['demo@evil', 'not an account identifier'],
] as const;
const ELSEWHERE = 'http://127.0.0.1:9/callback';
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
  let provider: OauthProvider;
  let accessToken: string;

  beforeAll(async () => {
    const oauthPort = await freePort();
    stack = await startStack({
      env: {
        WAREHOUSE_OAUTH_URL: `http://127.0.0.1:${oauthPort}`,
        WAREHOUSE_PUSH_TIMEOUT_SECONDS: '3',
        THROTTLE_CONNECTS_PER_MINUTE: '10000',
        // A question to the name server that gets lost is asked again before signing in gives up.
        RES_OPTIONS: 'timeout:1 attempts:2',
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
    provider = await startOauthProvider({
      mode: 'snowflake',
      port: oauthPort,
      issuer: stack.warehouseUrl,
      clients: [{ ...CLIENT, redirectUris: [ELSEWHERE] }],
      users: [{ name: 'ANALYST', password: 'analyst' }],
    });
    accessToken = await accessTokenAt(provider.origin, { ...CLIENT, redirectUri: ELSEWHERE }, 'ANALYST', 'analyst');
    const secretOf = async (sql: string) => (await admin.rows(sql))[0]?.[1] as string;
    token = await secretOf(`ALTER USER keyed ADD PROGRAMMATIC ACCESS TOKEN good ROLE_RESTRICTION = 'ANALYST'`);
    expired = await secretOf('ALTER USER keyed ADD PROGRAMMATIC ACCESS TOKEN old DAYS_TO_EXPIRY = 0');
  }, 180_000);
  afterAll(async () => {
    await admin?.close();
    await provider?.stop();
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
    'OAuth access token': () => ({
      body: { authenticator: 'oauth-token', token: accessToken },
      username: 'ANALYST',
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

  it.each(OTHER_FORMS)('reads the account %j as %s, and says so', async (account, read) => {
    const query = new URLSearchParams({ account }).toString();
    const reply = await new ApiClient(stack.gatewayUrl).call<{ account: string }>('GET', `/auth/methods?${query}`);
    expect([reply.status, reply.body.account]).toEqual([200, read]);
  });

  it.each(Object.keys(ways).flatMap((way) => REFUSED_FORMS.map(([form, hint]) => [way, form, hint] as const)))(
    'refuses by %s the account %j with a hint, and sends nothing there',
    async (way, account, hint) => {
      const reply = await connect({ account, ...(ways[way] as (typeof ways)[string])().body });
      expect([reply.status, reply.body.code]).toEqual([422, 'VALIDATION']);
      expect(reply.body.detail?.toLowerCase()).toContain(hint);
    },
  );

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
      'a made-up OAuth access token',
      () => ({ authenticator: 'oauth-token', token: 'nonsense' }),
      [401, 'SNOWFLAKE_LOGIN_FAILED', 'TOKEN_INVALID'],
    ],
    [
      'an OAuth access token for another role than it is for',
      () => ({ authenticator: 'oauth-token', token: accessToken, role: 'SYSADMIN' }),
      [401, 'SNOWFLAKE_LOGIN_FAILED', 'OAUTH_ROLE_BLOCKED'],
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
