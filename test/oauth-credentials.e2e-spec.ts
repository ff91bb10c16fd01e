import { randomBytes } from 'node:crypto';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { freePort } from '@snowflow/testing/free-port';
import { OauthProvider, startOauthProvider } from '@snowflow/testing/oauth-provider/oauth-provider';
import { signInAtProvider } from '@snowflow/testing/oauth-provider/sign-in-at-provider';
import { startStack, Stack } from '@snowflow/testing/stack';
import { Redis } from 'ioredis';
import { ApiClient, type Session } from './support/api-client';
import { CredentialCaller } from './support/credential-caller';
import { everyPostgresText, everyRedisText } from './support/everything-at-rest';
import { onlyWhere, pinnedTo, StatementCaller } from './support/statement-caller';
import { comeBack, startGrant, storeGrant } from './support/store-grant';
import { storedSecret } from './support/stored-secret';

const CLIENT = { id: 'snowflow', secret: 'a secret of at least thirty-two characters' };
const ANALYST = { name: 'ANALYST', password: 'analyst' };
const PAGE = '/settings/credentials';
const target = { workflowId: 'wf_1', revisionHash: 'a'.repeat(64), role: 'ANALYST', warehouse: 'DEMO_WH' };

interface Credential {
  id: string;
  name: string;
  kind: string;
  provider: string;
  boundRole: string | null;
  state: string;
  reason: string | null;
  bindings: { id: string; state: string }[];
}

describe.each([{ rotate: true }, { rotate: false }])('A stored OAuth grant of a provider that is %j', ({ rotate }) => {
  const keys = `k1:${randomBytes(32).toString('base64')}`;
  let stack: Stack;
  let provider: OauthProvider;
  let sparing: OauthProvider;
  let scheduler: CredentialCaller;
  let statements: StatementCaller;
  let api: ApiClient;
  let session: Session;

  beforeAll(async () => {
    const [port, sparingPort] = [await freePort(), await freePort()];
    const origin = (at: number) => `http://127.0.0.1:${at}`;
    stack = await startStack({
      copies: 2,
      env: {
        SEALING_KEYS: keys,
        LOG_LEVEL: 'debug',
        WAREHOUSE_OAUTH_URL: origin(port),
        WAREHOUSE_OAUTH_ISSUERS: origin(sparingPort),
        OAUTH_PRIVATE_ISSUERS: origin(sparingPort),
      },
    });
    const clients = [{ ...CLIENT, redirectUris: [`${stack.gatewayUrl}/api/v1/auth/oauth/callback`] }];
    const users = [ANALYST, { name: 'DEMO', password: 'demo' }];
    provider = await startOauthProvider({
      mode: 'snowflake',
      port,
      issuer: stack.warehouseUrl,
      clients,
      users,
      rotate,
    });
    sparing = await startOauthProvider({ mode: 'external', port: sparingPort, clients, users, refreshTokens: false });
    const owner = new ApiClient(stack.gatewayUrl);
    await owner.connect('demo');
    const client = { clientId: CLIENT.id, clientSecret: CLIENT.secret };
    await owner.call('PUT', '/admin/oauth-clients/snowflake', { body: client });
    await owner.call('PUT', '/admin/oauth-clients/external', { body: { ...client, issuer: sparing.issuer } });
    scheduler = new CredentialCaller(stack.redisUrl, keys);
    statements = new StatementCaller(stack.redisUrl, keys);
    api = new ApiClient(stack.gatewayUrl);
    session = await api.connect('analyst');
  }, 180_000);
  afterAll(async () => {
    await scheduler?.close();
    await statements?.close();
    await provider?.stop();
    await sparing?.stop();
    await stack?.stop();
  }, 60_000);

  const named = async (name: string) => {
    const { body } = await api.call<{ items: Credential[] }>('GET', '/credentials');
    return body.items.find((each) => each.name === name);
  };
  const approved = async (name: string): Promise<string> => {
    const back = await storeGrant(api, { name, role: 'ANALYST' }, ANALYST);
    expect(back).toEqual({ location: `${PAGE}?stored`, cookies: [] });
    const id = (await named(name))?.id ?? '';
    const proposed = await api.call<Credential>('POST', `/credentials/${id}/bindings`, { body: target });
    await api.call('POST', `/credentials/${id}/bindings/${proposed.body.bindings[0]?.id}/approve`);
    return id;
  };
  const use = (id: string) => scheduler.use(session.tenantId, { id, ...target });
  const refreshTokenOf = async (id: string) =>
    (JSON.parse(await storedSecret(stack.databaseUrl, keys, id)) as { refreshToken: string }).refreshToken;
  const refreshElsewhere = (refreshToken: string) =>
    fetch(`${provider.origin}/oauth/token-request`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${CLIENT.id}:${encodeURIComponent(CLIENT.secret)}`).toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    });

  it('is stored by redirects that sign nobody in, for its one role', async () => {
    await storeGrant(api, { name: 'Shown', role: 'ANALYST' }, ANALYST);
    const shown = await named('Shown');
    expect(shown).toMatchObject({ kind: 'oauth', provider: 'snowflake', boundRole: 'ANALYST', state: 'active' });
    const other = { ...target, role: 'SYSADMIN' };
    const refused = await api.call('POST', `/credentials/${shown?.id}/bindings`, { body: other });
    expect([refused.status, refused.body]).toEqual([422, expect.objectContaining({ code: 'VALIDATION' })]);
    const sessions = await api.call<{ items: unknown[] }>('GET', '/auth/sessions');
    expect(sessions.body.items).toHaveLength(1);
  }, 60_000);

  it('opens sessions of its owner one after the other and at once, on two replicas, with nothing to renew them by', async () => {
    const id = await approved('Nightly');
    const first = await refreshTokenOf(id);
    const used = [await use(id), await use(id), ...(await Promise.all([use(id), use(id), use(id)]))];
    expect(new Set(used.map(({ sessionId }) => sessionId)).size).toBe(5);
    expect((await refreshTokenOf(id)) !== first).toBe(rotate);
    const context = pinnedTo('ANALYST');
    const redis = new Redis(stack.redisUrl);
    for (const { sessionId } of used) {
      const run = { ...session, id: sessionId };
      const status = await statements.run(run, onlyWhere({ USER: 'ANALYST', ROLE: 'ANALYST' }), context);
      expect(status).toMatchObject({ state: 'succeeded' });
      const sealed = (await redis.hget(`snowflow:sf:${sessionId}`, 'sealed')) ?? '';
      const record: unknown = JSON.parse(new KeyRing(keys).open(sealed, `${session.tenantId}|${sessionId}`));
      expect(record).toMatchObject({ account: 'demo' });
      expect(record).not.toHaveProperty('renewal');
    }
    await redis.quit();
    await expect(use(id)).resolves.toMatchObject({ userId: used[0]?.userId });
    expect(await named('Nightly')).toMatchObject({ state: 'active' });
  }, 90_000);

  it(`where its token was used elsewhere too, ${rotate ? 'is suspended until its owner replaces it' : 'goes on'}`, async () => {
    const id = await approved('Stolen');
    expect((await refreshElsewhere(await refreshTokenOf(id))).status).toBe(200);
    if (!rotate) return expect(use(id)).resolves.toMatchObject({ sessionId: expect.any(String) as string });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(use(id)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
    }
    expect(await named('Stolen')).toMatchObject({
      state: 'suspended',
      reason: expect.stringContaining('no longer accepts') as string,
    });
    const back = await storeGrant(api, { credentialId: id }, ANALYST);
    expect(back.location).toBe(`${PAGE}?stored`);
    await expect(use(id)).resolves.toMatchObject({ sessionId: expect.any(String) as string });
  }, 60_000);

  it('is not kept of another user, of who cancels, or where there is no refresh token, and says so on its page', async () => {
    const cases = [
      [{ name: 'Other' }, { name: 'DEMO', password: 'demo' }, 'OAUTH_OTHER_USER'],
      [{ name: 'Cancelled' }, { name: 'ANALYST', password: undefined }, 'OAUTH_DENIED'],
      [{ name: 'Sparing', provider: 'external' }, ANALYST, 'OAUTH_NO_REFRESH_TOKEN'],
    ] as const;
    for (const [body, user, reason] of cases) {
      const back = await storeGrant(api, body, user);
      expect(back).toEqual({ location: `${PAGE}?error=OAUTH_FAILED&reason=${reason}`, cookies: [] });
      expect(await named(body.name)).toBeUndefined();
    }
  }, 60_000);

  it('is not kept in another browser, nor of who has signed out meanwhile', async () => {
    const { authorizeUrl } = await startGrant(api, { name: 'Elsewhere' });
    const stranger = await startGrant(api, { name: 'Elsewhere' });
    const callback = await signInAtProvider(authorizeUrl, ANALYST.name, ANALYST.password);
    expect(await comeBack(callback, stranger.cookie)).toEqual({
      location: '/login?error=OAUTH_STATE_INVALID',
      cookies: [],
    });
    const leaver = new ApiClient(stack.gatewayUrl);
    await leaver.connect('analyst');
    const started = await startGrant(leaver, { name: 'Late' });
    const late = await signInAtProvider(started.authorizeUrl, ANALYST.name, ANALYST.password);
    await leaver.call('POST', '/auth/disconnect', { body: {} });
    expect(await comeBack(late, started.cookie)).toEqual({ location: '/login?error=SESSION_ENDED', cookies: [] });
    expect([await named('Elsewhere'), await named('Late')]).toEqual([undefined, undefined]);
  }, 60_000);

  it('says what to do where its client was removed, and works once it is back', async () => {
    const id = await approved('Clientless');
    const owner = new ApiClient(stack.gatewayUrl);
    await owner.connect('demo');
    await owner.call('DELETE', '/admin/oauth-clients/snowflake');
    await expect(use(id)).rejects.toMatchObject({
      code: 'CREDENTIAL_UNUSABLE',
      message: expect.stringContaining('OAuth client') as string,
    });
    const body = { clientId: CLIENT.id, clientSecret: CLIENT.secret };
    await owner.call('PUT', '/admin/oauth-clients/snowflake', { body });
    await expect(use(id)).resolves.toMatchObject({ sessionId: expect.any(String) as string });
  }, 60_000);

  it('stands nowhere in plaintext, before and after it was replaced', async () => {
    const id = await approved('Canary');
    const tokens = [await refreshTokenOf(id)];
    await use(id);
    tokens.push(await refreshTokenOf(id));
    const everything = [await everyRedisText(stack.redisUrl), await everyPostgresText(stack.databaseUrl), stack.logs()];
    for (const token of tokens) {
      expect(token.length).toBeGreaterThan(20);
      expect(everything.map((text) => text.includes(token))).toEqual([false, false, false]);
    }
    expect(everything.every((text) => text.length > 1_000)).toBe(true);
  }, 60_000);
});
