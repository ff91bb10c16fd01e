import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { DurableRedis } from '@snowflow/testing/durable-redis';
import { OauthProvider, startOauthProvider } from '@snowflow/testing/oauth-provider/oauth-provider';
import { signInAtProvider } from '@snowflow/testing/oauth-provider/sign-in-at-provider';
import { startStack, Stack } from '@snowflow/testing/stack';
import { Redis } from 'ioredis';
import { ApiClient, runToEnd, type Session } from './support/api-client';
import { accessTokenOf, openDirect } from './support/direct-sql';
import { sixInARow } from './support/document-builder';
import { everyPostgresText, everyRedisText } from './support/everything-at-rest';
import { storeGrant } from './support/store-grant';
import { storedSecret } from './support/stored-secret';
import { TokenRecorder } from './support/token-recorder';

const keys = `k1:${randomBytes(32).toString('base64')}`;
const passphrase = 'CANARY-PASSPHRASE-4410';
const password = 'CANARY-PASSWORD-8f21';
const wrongPassword = 'CANARY-WRONG-PASSWORD-77';
const wrongPasscode = '9182736455463728';
/** Of the user `mfa`; too short to be looked for within other words. */
const rightPasscode = '123456';
const inAnError = 'CANARY-IN-AN-UNCAUGHT-ERROR';
/** At this signal each process throws what nobody catches, with secrets in all that an error has. The frames show this text itself. */
const throwsAtSignal = `process.on('SIGUSR2', () => {
  const { IN_AN_ERROR, SEALING_KEYS } = process.env;
  const text = "Wrong value '" + IN_AN_ERROR + "' for '" + SEALING_KEYS + "'";
  throw Object.assign(new Error(text, { cause: new Error(text) }), { request: { password: IN_AN_ERROR } });
});`;
const client = { id: 'snowflow', secret: 'CANARY-CLIENT-SECRET-of-32-characters-1' };

const APPS = ['gateway', 'auth', 'catalog', 'workflow', 'worker', 'connection-manager'];

const keyPair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    pem: privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString(),
    plain: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    public: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  };
};

/** A line from the middle of a PEM: no two keys share it, and JSON does not escape it. */
const lineOf = (pem: string) => pem.split('\n')[5] ?? '';

describe('Secrets', () => {
  let stack: Stack;
  let redis: DurableRedis;
  let provider: OauthProvider;
  let recorder: TokenRecorder;
  /** What must be found nowhere, by what it is. */
  const canaries: Record<string, string> = {
    password,
    'a wrong password': wrongPassword,
    'a passcode': wrongPasscode,
    passphrase,
    'client secret': client.secret,
    'what an uncaught error quotes': inAnError,
  };
  /** Every body, event and header that came out of the gateway. */
  const answers: string[] = [];

  beforeAll(async () => {
    redis = await DurableRedis.start();
    recorder = await TokenRecorder.start();
    stack = await startStack({
      replicas: 1,
      env: {
        REDIS_URL: redis.url,
        SEALING_KEYS: keys,
        LOG_LEVEL: 'debug',
        IN_AN_ERROR: inAnError,
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(throwsAtSignal)}`,
        WAREHOUSE_OAUTH_URL: recorder.url,
        THROTTLE_REQUESTS_PER_MINUTE: '100000',
        THROTTLE_CONNECTS_PER_MINUTE: '1000',
      },
    });
    provider = await startOauthProvider({
      mode: 'snowflake',
      issuer: stack.warehouseUrl,
      clients: [{ ...client, redirectUris: [`${stack.gatewayUrl}/api/v1/auth/oauth/callback`] }],
      users: [{ name: 'ANALYST', password: 'analyst' }],
    });
    recorder.target = provider.origin;
    await signInEveryWay();
    for (const [index, { kind, token }] of recorder.tokens.entries())
      canaries[`${kind} ${index} of the provider`] = token;
    canaries['sealing key'] = keys.slice(3);
    expect(Object.values(canaries).every((canary) => canary.length >= 12)).toBe(true);
  }, 240_000);
  afterAll(async () => {
    await recorder?.stop();
    await provider?.stop();
    await stack?.stop();
    await redis?.stop();
  }, 60_000);

  async function connect(body: object): Promise<Session> {
    const api = new ApiClient(stack.gatewayUrl);
    const { status, body: told } = await api.call<{ accessToken: string; refreshToken: string; session: Session }>(
      'POST',
      '/auth/connect',
      { body: { account: 'demo', issueRefreshToken: true, ...body } },
    );
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(told)}`);
    answers.push(JSON.stringify(told.session));
    canaries[`access token of ${told.session.id}`] = told.accessToken;
    canaries[`refresh token of ${told.session.id}`] = told.refreshToken;
    return told.session;
  }

  async function hear(api: ApiClient, method: string, path: string, body?: object): Promise<string> {
    const response = await api.send(method, path, { body });
    const text = await response.text();
    answers.push(text, JSON.stringify([...response.headers]));
    return text;
  }

  async function signInEveryWay(): Promise<void> {
    const signingIn = keyPair();
    const stored = keyPair();
    canaries['private key'] = lineOf(signingIn.pem);
    canaries['private key without its passphrase'] = lineOf(signingIn.plain);
    canaries['stored private key'] = lineOf(stored.pem);
    canaries['stored private key without its passphrase'] = lineOf(stored.plain);
    const admin = await openDirect(stack.warehouseUrl);
    for (const sql of [
      'USE ROLE ACCOUNTADMIN',
      `CREATE USER careful PASSWORD = '${password}' DEFAULT_ROLE = ANALYST RSA_PUBLIC_KEY = '${signingIn.public}' RSA_PUBLIC_KEY_2 = '${stored.public}'`,
      'GRANT ROLE ANALYST TO USER careful',
    ]) {
      await admin.run(sql);
    }
    await admin.close();
    canaries['programmatic access token'] = await accessTokenOf(stack.warehouseUrl, 'careful');
    const { privateKey, ...rest } = { privateKey: signingIn.pem, privateKeyPassphrase: passphrase };

    const sessions = [
      await connect({ authenticator: 'password', username: 'careful', password }),
      await connect({ authenticator: 'key-pair', username: 'careful', privateKey, ...rest }),
      await connect({ authenticator: 'pat', username: 'careful', token: canaries['programmatic access token'] }),
      await connect({ authenticator: 'password', username: 'mfa', password: 'mfa', passcode: rightPasscode }),
      await signInByOauth(),
    ];
    const nobody = new ApiClient(stack.gatewayUrl);
    const refused = { account: 'demo', authenticator: 'password', username: 'careful' };
    await hear(nobody, 'POST', '/auth/connect', { ...refused, password: wrongPassword });
    await hear(nobody, 'POST', '/auth/connect', {
      ...refused,
      username: 'mfa',
      password: 'mfa',
      passcode: wrongPasscode,
    });
    await hear(nobody, 'POST', '/auth/connect', {
      ...refused,
      authenticator: 'key-pair',
      privateKey,
      privateKeyPassphrase: 'CANARY-WRONG-PASSPHRASE',
    });
    await hear(nobody, 'POST', '/auth/connect', { ...refused, unknownField: password, password });
    canaries['a wrong passphrase'] = 'CANARY-WRONG-PASSPHRASE';

    await storeOauthGrant();
    const api = new ApiClient(stack.gatewayUrl);
    sessions.push(await api.connect('careful', password));
    await useEverything(api, stored.pem);
    await readWhatIsSealed(sessions);
  }

  async function signInByOauth(): Promise<Session> {
    const owner = new ApiClient(stack.gatewayUrl);
    await owner.connect('demo');
    await hear(owner, 'PUT', '/admin/oauth-clients/snowflake', { clientId: client.id, clientSecret: client.secret });
    await hear(owner, 'GET', '/admin/oauth-clients');
    const manually = { redirect: 'manual' as const };
    const query = 'account=demo&provider=snowflake&role=ANALYST&next=/workflows';
    const start = await fetch(`${stack.gatewayUrl}/api/v1/auth/oauth/authorize?${query}`, manually);
    const cookieOf = (response: Response) =>
      response.headers
        .getSetCookie()
        .map((text) => text.split(';')[0] ?? '')
        .filter((text) => !text.endsWith('='))
        .join('; ');
    const callback = await signInAtProvider(start.headers.get('location') ?? '', 'ANALYST', 'analyst');
    canaries['authorization code'] = callback.searchParams.get('code') ?? '';
    const back = await fetch(callback, { ...manually, headers: { cookie: cookieOf(start) } });
    answers.push(back.headers.get('location') ?? '');
    for (const [index, cookie] of cookieOf(back).split('; ').entries()) {
      canaries[`cookie ${index}`] = cookie.slice(cookie.indexOf('=') + 1);
    }
    const me = await fetch(`${stack.gatewayUrl}/api/v1/auth/me`, { headers: { cookie: cookieOf(back) } });
    return (await me.json()) as Session;
  }

  async function storeOauthGrant(): Promise<void> {
    const api = new ApiClient(stack.gatewayUrl);
    await api.connect('analyst');
    const back = await storeGrant(
      api,
      { name: 'Stored grant', role: 'ANALYST' },
      { name: 'ANALYST', password: 'analyst' },
    );
    answers.push(JSON.stringify(back));
    const { items } = JSON.parse(await hear(api, 'GET', '/credentials')) as { items: { id: string }[] };
    const secret = await storedSecret(stack.databaseUrl, keys, items[0]?.id ?? '');
    canaries['stored refresh token'] = (JSON.parse(secret) as { refreshToken: string }).refreshToken;
  }

  async function useEverything(api: ApiClient, pem: string): Promise<void> {
    const run = await runToEnd(api, { definition: sixInARow() });
    expect(run.status).toBe('succeeded');
    await hear(api, 'GET', `/runs/${run.id}/events`);
    await hear(api, 'GET', `/runs/${run.id}`);
    const key = JSON.parse(await (await api.send('POST', '/auth/api-keys', { body: { name: 'k', days: 1 } })).text());
    canaries['API key'] = key.key;
    const credential = await hear(api, 'POST', '/credentials', {
      name: 'Stored key',
      kind: 'key-pair',
      secret: pem,
      passphrase,
    });
    expect(JSON.parse(credential)).toMatchObject({ username: 'CAREFUL' });
    for (const path of ['/auth/me', '/auth/sessions', '/auth/api-keys', '/credentials', '/openapi.json'])
      await hear(api, 'GET', path);
  }

  /** The tokens of Snowflake's that only the sealed records know. */
  async function readWhatIsSealed(sessions: Session[]): Promise<void> {
    const plain = new Redis(redis.url);
    const ring = new KeyRing(keys);
    for (const { id, tenantId } of sessions) {
      const sealed = (await plain.hget(`snowflow:sf:${id}`, 'sealed')) ?? '';
      const found: unknown = JSON.parse(ring.open(sealed, `${tenantId}|${id}`), (name, value: unknown) => {
        if (/token$/i.test(name) && typeof value === 'string') canaries[`${name} of ${id}`] = value;
        return value;
      });
      expect(found).toMatchObject({ account: 'demo' });
    }
    await plain.quit();
  }

  const namesFoundIn = (text: string) => [
    ...Object.keys(canaries).filter((name) => text.includes(canaries[name] as string)),
    ...(new RegExp(`\\b${rightPasscode}\\b`).test(text) ? ['the right passcode'] : []),
  ];

  it('of every kind were planted', () => {
    const kinds = Object.keys(canaries).join();
    for (const kind of [
      'sessionToken of',
      'masterToken of',
      'refreshToken of',
      'stored refresh token',
      'access token of',
      'API key',
      'access_token 0 of the provider',
      'refresh_token',
      'cookie 0',
    ]) {
      expect(kinds).toContain(kind);
    }
  });

  it('are in no answer, header, event or list of the gateway', () => {
    expect(namesFoundIn(answers.join('\n'))).toEqual([]);
  });

  it('are nowhere in Redis', async () => {
    const text = await everyRedisText(redis.url);
    expect(text.length).toBeGreaterThan(1_000);
    expect(namesFoundIn(text)).toEqual([]);
  });

  it('are nowhere in the file that Redis appends to', async () => {
    const text = await redis.everythingWritten();
    expect(text).toContain('snowflow:session:');
    expect(namesFoundIn(text)).toEqual([]);
  });

  it('are nowhere in Postgres', async () => {
    const text = await everyPostgresText(stack.databaseUrl);
    expect(text).toContain('Stored key');
    expect(namesFoundIn(text)).toEqual([]);
  });

  it('are in nothing that a process writes when it ends by an error that nobody caught', async () => {
    for (const app of APPS) await stack.kill(app, 0, 'SIGUSR2');
    const logs = stack.logs();
    expect(logs.split('Uncaught exception')).toHaveLength(APPS.length + 1);
    expect(logs).toContain("Wrong value '…'");
    expect(namesFoundIn(logs)).toEqual([]);
    await stack.ensureReplicas();
  }, 60_000);

  it('are in no log at debug level, nor in what processes write as Redis dies and they crash', async () => {
    await redis.restart('SIGKILL');
    for (const app of APPS) await stack.kill(app, 0, 'SIGABRT');
    const logs = stack.logs();
    expect(logs).toContain('"level":"debug"');
    expect(namesFoundIn(logs)).toEqual([]);
  });
});
