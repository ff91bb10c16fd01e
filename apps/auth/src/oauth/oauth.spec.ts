import type { ConnectReply } from '@snowflow/contracts/auth/auth.dto';
import type { OauthFinishRequest, OauthStartRequest } from '@snowflow/contracts/auth/oauth.dto';
import type { AppError } from '@snowflow/contracts/errors/app-error';
import type { ErrorCode } from '@snowflow/contracts/errors/error-codes';
import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { CANARY, DEMO, OTHER, StandInSnowflake } from '../testing/stand-in-snowflake';
import { startAuth, TestAuth } from '../testing/test-auth';

const SECRET = 'canary-client-secret-51aa';
const REDIRECT = 'https://snowflow.example/api/v1/auth/oauth/callback';

describe('Signing in by OAuth', () => {
  let auth: TestAuth;
  let snowflake: StandInSnowflake;
  let owner: Required<ConnectReply>;
  let accounts = 0;

  beforeAll(async () => {
    auth = await startAuth({
      PUBLIC_URL: 'https://snowflow.example',
      OAUTH_PRIVATE_ISSUERS: 'http://idp.internal:8080',
    });
  });
  afterAll(() => auth.stop());
  beforeEach(async () => {
    snowflake = new StandInSnowflake(auth);
    accounts += 1;
    snowflake.roles['OWNER'] = ['ACCOUNTADMIN'];
    owner = await snowflake.connect({ account: account(), username: 'owner' });
  });

  const account = () => `org-o${accounts}`;
  const refused = (code: ErrorCode, reason?: string) =>
    expect.objectContaining({
      code,
      ...(reason ? { details: expect.objectContaining({ extensions: { reason, account: account() } }) as object } : {}),
    }) as Error;
  const saveClient = (request: object = {}) =>
    snowflake.as(owner, () =>
      auth.client.saveOauthClient({ provider: 'snowflake', clientId: 'client-1', clientSecret: SECRET, ...request }),
    );
  const start = (request: Partial<OauthStartRequest> = {}) =>
    snowflake.anonymous(() => auth.client.oauthStart({ account: account(), redirectUri: REDIRECT, ...request }));
  const stateOf = ({ authorizeUrl }: { authorizeUrl: string }) =>
    new URL(authorizeUrl).searchParams.get('state') as string;
  const finish = async (request: OauthFinishRequest) => {
    const { tokens, next } = await snowflake.anonymous(() => auth.client.oauthFinish(request));
    if (!tokens) throw new Error('Nobody was signed in');
    return { tokens, next };
  };
  const finishOf = (started: { authorizeUrl: string; binding: string }, more: Partial<OauthFinishRequest> = {}) =>
    finish({ state: stateOf(started), binding: started.binding, code: CANARY, ...more });

  it('goes there and back with a client of the tenant, a state, and a challenge', async () => {
    await saveClient();
    const started = await start({ role: 'ANALYST', next: '/workflows/wf_1?tab=runs' });
    const challenge = new URL(started.authorizeUrl).searchParams.get('code_challenge');
    expect(started.authorizeUrl).not.toContain(SECRET);
    const { tokens, next } = await finishOf(started, { iss: 'https://issuer.example', client: 'Safari on macOS' });
    expect(next).toBe('/workflows/wf_1?tab=runs');
    expect(tokens.session).toMatchObject({ authenticator: 'oauth', role: 'ANALYST', tenantId: owner.session.tenantId });
    const opened = snowflake.opened.at(-1);
    expect(opened).toMatchObject({
      authenticator: 'oauth',
      role: 'ANALYST',
      oauth: {
        client: { provider: 'snowflake', clientId: 'client-1', clientSecret: SECRET },
        code: CANARY,
        redirectUri: REDIRECT,
        iss: 'https://issuer.example',
      },
    });
    const verifier = opened?.oauth?.codeVerifier ?? '';
    expect(createHash('sha256').update(verifier).digest('base64url')).toBe(challenge);
    const clients = await snowflake.as(owner, () => auth.client.oauthClients({}));
    expect(clients.items).toEqual([
      {
        provider: 'snowflake',
        clientId: 'client-1',
        issuer: null,
        hasSecret: true,
        provenAt: expect.any(String) as string,
      },
    ]);
  });

  it('takes a state once, and only in the browser that started', async () => {
    await saveClient();
    const [first, second] = [await start(), await start()];
    await finishOf(first);
    await expect(finishOf(first)).rejects.toEqual(refused('OAUTH_STATE_INVALID'));
    await expect(finishOf(second, { binding: first.binding })).rejects.toEqual(refused('OAUTH_STATE_INVALID'));
    // Tried with the wrong secret it is gone for good.
    await expect(finishOf(second)).rejects.toEqual(refused('OAUTH_STATE_INVALID'));
    await expect(finish({ state: 'made-up', binding: 'x', code: CANARY })).rejects.toEqual(
      refused('OAUTH_STATE_INVALID'),
    );
    const third = await start();
    const [key] = await auth.redis.keys('snowflow:oauth-state:*');
    expect(await auth.redis.ttl(key as string)).toBeLessThanOrEqual(600);
    await auth.redis.del(key as string);
    await expect(finishOf(third)).rejects.toEqual(refused('OAUTH_STATE_INVALID'));
  });

  it('says what the provider refused, in words of its own, and for which account', async () => {
    await saveClient();
    const cases = [
      ['access_denied', 'OAUTH_DENIED'],
      ['invalid_scope', 'OAUTH_ROLE_BLOCKED'],
      ['unauthorized_client', 'OAUTH_CLIENT_WRONG'],
      ['<script>', 'OTHER'],
    ] as const;
    for (const [error, reason] of cases) {
      const thrown = (await finishOf(await start(), { error, code: undefined }).catch((e: unknown) => e)) as AppError;
      expect(thrown).toEqual(refused('OAUTH_FAILED', reason));
      expect(thrown.message).not.toContain(error);
    }
    const wrongCode = await finishOf(await start(), { code: 'wrong' }).catch((e: unknown) => e);
    expect(wrongCode).toMatchObject({
      code: 'OAUTH_FAILED',
      details: { extensions: { account: account() } },
    });
  });

  it('opens only paths of this site afterwards', async () => {
    await saveClient();
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:x', '/a\nb']) {
      expect((await finishOf(await start({ next }))).next).toBe('/');
    }
  });

  it('keeps client secrets, codes and verifiers nowhere in plaintext', async () => {
    await saveClient();
    const started = await start({ setupClientId: undefined });
    await start({ account: `${account()}-new`, setupClientId: 'c', setupClientSecret: SECRET });
    const texts: string[] = [];
    for (const key of await auth.redis.keys('*')) {
      const type = await auth.redis.type(key);
      texts.push(key);
      if (type === 'string') texts.push((await auth.redis.get(key)) ?? '');
      if (type === 'stream') texts.push(JSON.stringify(await auth.redis.xrange(key, '-', '+')));
    }
    const client = new Client({ connectionString: auth.databaseUrl });
    await client.connect();
    texts.push(JSON.stringify((await client.query('SELECT * FROM auth.oauth_clients')).rows));
    await client.end();
    expect(texts.some((text) => text.includes('client-1'))).toBe(true);
    const secrets = [SECRET, stateOf(started), started.binding];
    expect(texts.filter((text) => secrets.some((secret) => text.includes(secret)))).toEqual([]);
  });

  it('renews sessions of its tenant by the client as it stands in the settings', async () => {
    const clientFor = (person: Required<ConnectReply>) =>
      snowflake.as(person, () => auth.client.oauthClient({ provider: 'snowflake' }));
    await saveClient();
    await saveClient({ clientSecret: 'canary-rotated-secret' });
    expect(await clientFor(owner)).toEqual({
      provider: 'snowflake',
      clientId: 'client-1',
      clientSecret: 'canary-rotated-secret',
    });
    const stranger = await snowflake.connect({ account: `org-stranger${accounts}`, username: 'owner' });
    await expect(clientFor(stranger)).rejects.toMatchObject({ code: 'OAUTH_NOT_SET_UP' });
  });

  it('is refused where nobody has set it up, or where the tenant does not allow it', async () => {
    await expect(start()).rejects.toEqual(refused('OAUTH_NOT_SET_UP'));
    await expect(start({ account: 'org-never-seen' })).rejects.toEqual(refused('OAUTH_NOT_SET_UP'));
    await saveClient();
    const settings = await snowflake.as(owner, () => auth.client.settings({}));
    await snowflake.as(owner, () => auth.client.saveSettings({ ...settings, methods: ['password'] }));
    await expect(start()).rejects.toEqual(refused('METHOD_REFUSED'));
  });

  it("never lands in another account than the client's, though a name was moved meanwhile", async () => {
    await saveClient();
    const started = await start();
    snowflake.accounts[account()] = { ...OTHER, locator: `MOVED${accounts}` };
    await expect(finishOf(started)).rejects.toEqual(refused('OAUTH_FAILED', 'OAUTH_CLIENT_WRONG'));
    expect(snowflake.closed).toMatchObject([{ statements: 'cancel' }]);
    expect(await auth.redis.exists(`snowflow:session:${snowflake.opened.at(-1)?.sessionId}`)).toBe(0);
    // The next one begins where the name leads now.
    await expect(start()).rejects.toEqual(refused('OAUTH_NOT_SET_UP'));
  });

  it('binds a session to one role: another needs another sign-in', async () => {
    await saveClient();
    const { tokens } = await finishOf(await start());
    const wanted = snowflake.as(tokens, () => auth.client.context({ role: 'LOADER & CO' }));
    await expect(wanted).rejects.toMatchObject({
      code: 'ROLE_NEEDS_SIGN_IN',
      details: {
        extensions: {
          authorizeUrl: `/api/v1/auth/oauth/authorize?account=${account()}&role=LOADER+%26+CO&provider=snowflake`,
        },
      },
    });
    const same = snowflake.as(tokens, () => auth.client.context({ role: 'SYSADMIN', schema: 'S' }));
    await expect(same).resolves.toMatchObject({ schema: 'S' });
    await saveClient({ provider: 'external', issuer: 'https://login.example/tenant' });
    const external = await finishOf(await start({ provider: 'external' }));
    const free = snowflake.as(external.tokens, () => auth.client.context({ role: 'ANALYST' }));
    await expect(free).resolves.toMatchObject({ role: 'ANALYST', authenticator: 'external-oauth' });
  });

  describe('for the first time in an account', () => {
    const setup = { setupClientId: 'client-new', setupClientSecret: SECRET };
    const fresh = () => `${account()}-fresh`;

    it('makes who knows the client secret its owner, and keeps the client', async () => {
      const { tokens } = await finishOf(await start({ account: fresh(), ...setup }));
      expect(tokens.session).toMatchObject({ appRole: 'owner', account: fresh() });
      const members = await snowflake.as(tokens, () => auth.client.members({}));
      expect(members.items).toMatchObject([{ username: 'OAUTH_USER', because: 'proof', appRole: 'owner' }]);
      // From now on everybody signs in with it, and nobody sets it up again.
      const again = await finishOf(await start({ account: fresh() }));
      expect(again.tokens.session.appRole).toBe('owner');
      await expect(start({ account: fresh(), ...setup })).rejects.toEqual(refused('METHOD_REFUSED'));
    });

    it('keeps nothing where the sign-in fails', async () => {
      await expect(finishOf(await start({ account: fresh(), ...setup }), { code: 'wrong' })).rejects.toMatchObject({
        code: 'OAUTH_FAILED',
      });
      await expect(start({ account: fresh() })).rejects.toEqual(refused('OAUTH_NOT_SET_UP'));
    });

    it('is decided by the first who comes back', async () => {
      const [first, second] = [
        await start({ account: fresh(), ...setup }),
        await start({ account: fresh(), ...setup, setupClientId: 'client-late' }),
      ];
      await finishOf(first);
      await expect(finishOf(second)).rejects.toMatchObject({ code: 'METHOD_REFUSED' });
      expect(snowflake.closed).toHaveLength(1);
    });
  });

  describe('is set up by an owner or admin, who', () => {
    const errorsOf = (saving: Promise<unknown>) =>
      saving.catch((error: AppError) => error.details.errors?.map(({ path }) => path));

    it('pastes statements with this installation in them', async () => {
      const { sql, redirectUri } = await snowflake.as(owner, () => auth.client.oauthSetupSql({}));
      expect(redirectUri).toBe(REDIRECT);
      expect(sql).toContain('CREATE SECURITY INTEGRATION SNOWFLOW\n  TYPE = OAUTH');
      expect(sql).toContain(`OAUTH_REDIRECT_URI = '${REDIRECT}'`);
      expect(sql).toContain("SYSTEM$SHOW_OAUTH_CLIENT_SECRETS('SNOWFLOW')");
      expect(sql).not.toContain('NON_TLS');
    });

    it('pastes one statement for a provider of their own, with what that says of itself', async () => {
      const asked = { issuer: 'https://login.example/tenant', audience: 'https://acme.snowflakecomputing.com' };
      const { sql, ...told } = await snowflake.as(owner, () => auth.client.externalOauthSetupSql(asked));
      expect(told).toEqual({
        redirectUri: REDIRECT,
        issuer: asked.issuer,
        jwksUri: 'https://login.example/tenant/keys',
      });
      expect(sql).toContain(`EXTERNAL_OAUTH_ISSUER = '${asked.issuer}'`);
      expect(sql).toContain(`EXTERNAL_OAUTH_AUDIENCE_LIST = ('${asked.audience}')`);
      const plain = snowflake.as(owner, () => auth.client.externalOauthSetupSql({ issuer: 'http://login.example' }));
      expect(await errorsOf(plain)).toEqual(['issuer']);
      const builder = await snowflake.connect({ account: account(), username: 'builder' });
      await expect(snowflake.as(builder, () => auth.client.externalOauthSetupSql(asked))).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    });

    it('never has a stored secret sent for another client or to another issuer', async () => {
      const issuer = 'https://login.example/tenant';
      await saveClient({ provider: 'external', issuer });
      const moved = { provider: 'external', clientSecret: undefined, issuer: 'https://evil.example' };
      expect(await errorsOf(saveClient(moved))).toEqual(['clientSecret']);
      expect(await errorsOf(saveClient({ clientSecret: undefined }))).toEqual(['clientSecret']);
      await expect(saveClient({ provider: 'external', issuer, clientSecret: undefined })).resolves.toMatchObject({
        hasSecret: true,
      });
    });

    it('names issuers by https, unless the installation knows them', async () => {
      const external = (issuer: string | undefined) =>
        saveClient({ provider: 'external', issuer, clientSecret: undefined });
      for (const issuer of [
        undefined,
        'login.example',
        'http://login.example',
        'https://a.example/?x=1',
        'https://u@a.b',
      ]) {
        expect(await errorsOf(external(issuer))).toEqual(['issuer']);
      }
      await expect(external('http://idp.internal:8080/realm')).resolves.toMatchObject({ hasSecret: false });
    });

    it('does not remove the client that they, or everybody, need', async () => {
      await saveClient();
      const { items } = await snowflake.as(owner, () => auth.client.oauthClients({}));
      expect(items).toHaveLength(1);
      const builder = await snowflake.connect({ account: account(), username: 'ann' });
      const removal = (by: typeof owner) =>
        snowflake.as(by, () => auth.client.removeOauthClient({ provider: 'snowflake' }));
      await expect(removal(builder)).rejects.toEqual(refused('FORBIDDEN'));
      snowflake.roles['OAUTH_USER'] = ['ACCOUNTADMIN'];
      const { tokens } = await finishOf(await start());
      await expect(removal(tokens)).rejects.toEqual(refused('VALIDATION'));
      await expect(removal(owner)).resolves.toEqual({ done: true });
      await expect(start()).rejects.toEqual(refused('OAUTH_NOT_SET_UP'));
    });
  });

  it('does not mistake one demo account for the other', async () => {
    snowflake.roles['DEMO'] = ['ACCOUNTADMIN'];
    owner = await snowflake.connect();
    await saveClient();
    const other = snowflake.anonymous(() => auth.client.oauthStart({ account: 'demo2', redirectUri: REDIRECT }));
    await expect(other).rejects.toEqual(refused('OAUTH_NOT_SET_UP'));
    expect(snowflake.accounts['demo']).toEqual(DEMO);
  });
});
