import type { CredentialView, OauthCredentialBody } from '@snowflow/contracts/auth/credentials.dto';
import type { OauthFinishRequest } from '@snowflow/contracts/auth/oauth.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { OauthProvider, SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { runInScope } from '@snowflow/transport/request-scope';
import { refusedBy, StandInProvider } from '../testing/stand-in-provider';
import { startCredentials, TestCredentials } from '../testing/test-credentials';

const CLIENT_SECRET = 'canary-client-secret-77f0';
const redirectUri = 'https://snowflow.example/api/v1/auth/oauth/callback';
const target = { workflowId: 'wf_1', revisionHash: 'a'.repeat(64), role: 'ANALYST', warehouse: 'DEMO_WH' };
const PAGE = '/settings/credentials';

describe('Stored OAuth grants', () => {
  let auth: TestCredentials;
  let provider: StandInProvider;
  let ann: SessionRecord;
  let count = 0;

  beforeAll(async () => {
    auth = await startCredentials({ OAUTH_PRIVATE_ISSUERS: 'http://idp.internal' });
    auth.workflow.answers.cancelRuns = () => Promise.resolve({ done: true as const });
  });
  afterAll(() => auth.stop());
  beforeEach(async () => {
    count += 1;
    provider = new StandInProvider(auth.connections);
    provider.username = `ANN${count}`;
    ann = await auth.person(provider.username);
    for (const table of ['credentials', 'secrets', 'oauth_clients']) await auth.sql(`DELETE FROM auth.${table}`);
    await saveClient();
  });

  const saveClient = async (name: OauthProvider = 'snowflake', more: object = {}) => {
    const admin = await auth.person(`ADMIN${count}-${name}-${Object.keys(more).length}`, 'admin');
    const issuer = name === 'external' ? { issuer: 'http://idp.internal/realm' } : {};
    const client = { provider: name, clientId: 'client-1', clientSecret: CLIENT_SECRET, ...issuer, ...more };
    await auth.as(admin, () => auth.client.saveOauthClient(client));
    return admin;
  };
  const start = (body: OauthCredentialBody = { name: 'Nightly' }, who = ann) =>
    auth.as(who, () => auth.client.startOauthCredential({ ...body, redirectUri }));
  const finish = (
    { authorizeUrl, binding }: Awaited<ReturnType<typeof start>>,
    more: Partial<OauthFinishRequest> = {},
  ) => {
    const state = new URL(authorizeUrl).searchParams.get('state') ?? '';
    const request = { state, binding, code: 'good', ...more };
    return runInScope({ context: { correlationId: 'spec' } }, () => auth.client.oauthFinish(request));
  };
  const list = async (who = ann) => (await auth.as(who, () => auth.client.credentials({}))).items;
  const only = async () => (await list())[0] as CredentialView;
  const store = async (body?: OauthCredentialBody) => {
    await finish(await start(body));
    return only();
  };
  const propose = ({ id }: CredentialView, role = target.role) =>
    auth.as(ann, () => auth.client.proposeBinding({ id, ...target, role }));
  const approve = ({ id, bindings }: CredentialView) =>
    auth.as(ann, () => auth.client.approveBinding({ id, bindingId: bindings.at(-1)?.id ?? '' }));
  const approved = async (body?: OauthCredentialBody) => approve(await propose(await store(body)));
  const use = ({ id }: CredentialView, role = target.role) =>
    auth.inTenant(ann.tenantId, () => auth.client.useCredential({ id, ...target, role, purpose: 'schedule' }));
  const refused = (code: string, reason?: string) => ({
    code,
    details: { extensions: { next: PAGE, ...(reason ? { reason } : {}) } },
  });

  it('are kept once Snowflake knew the owner in a session that was closed, and sign nobody in', async () => {
    const started = await start({ name: 'Nightly', role: 'ANALYST' });
    expect(started.authorizeUrl).toContain('role=ANALYST');
    expect(await finish(started)).toEqual({ next: `${PAGE}?stored` });
    expect(await only()).toMatchObject({
      name: 'Nightly',
      kind: 'oauth',
      provider: 'snowflake',
      boundRole: 'ANALYST',
      username: ann.username,
      state: 'active',
    });
    expect(provider.clients).toMatchObject([{ clientId: 'client-1', clientSecret: CLIENT_SECRET }]);
    expect(provider.opened).toEqual([{ secret: expect.stringContaining('access') as string, role: 'ANALYST' }]);
    expect(provider.closed).toHaveLength(1);
    expect(await auth.sessions.list(ann.tenantId, ann.userId)).toHaveLength(1);
  });

  it('are refreshed at each use, and the newest token is kept', async () => {
    const view = await approved();
    const sessions = [await use(view), await use(view)];
    expect(new Set(sessions.map(({ sessionId }) => sessionId)).size).toBe(2);
    expect(await auth.sessions.find(sessions[1]?.sessionId ?? '')).toMatchObject({
      authenticator: 'credential',
      context: { role: 'ANALYST' },
    });
    expect(new Set(provider.opened.map(({ secret }) => secret)).size).toBe(3);
  });

  it.each([true, false])('are refreshed one at a time however many use them, rotating: %s', async (rotates) => {
    provider.rotates = rotates;
    const view = await approved();
    await expect(Promise.all(Array.from({ length: 6 }, () => use(view)))).resolves.toHaveLength(6);
    expect(provider.mostAtOnce).toBe(1);
    expect(await only()).toMatchObject({ state: 'active' });
  });

  it('go no further than their provider where it does not answer, and work once it does', async () => {
    const view = await approved();
    provider.failure = { error: new AppError('SNOWFLAKE_UNREACHABLE', 'Away.'), isAnswerLost: false };
    await expect(use(view)).rejects.toMatchObject({ code: 'SNOWFLAKE_UNREACHABLE' });
    provider.failure = { error: refusedBy('OAUTH_CLIENT_WRONG'), isAnswerLost: false };
    await expect(use(view)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
    provider.failure = undefined;
    await expect(use(view)).resolves.toMatchObject({ userId: ann.userId });
  });

  it.each([
    ['is refused', refusedBy('OAUTH_DENIED'), false, /expired, or was revoked/],
    ['was replaced by an answer that nobody heard', new AppError('OUTCOME_UNKNOWN', 'Gone.'), true, /cut off/],
  ])('are suspended where the token %s, and not tried again', async (_what, error, isAnswerLost, reason) => {
    const view = await approved();
    provider.failure = { error, isAnswerLost };
    await expect(use(view)).rejects.toMatchObject({ code: expect.any(String) as string });
    provider.failure = undefined;
    await expect(use(view)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
    expect(await only()).toMatchObject({ state: 'suspended', reason: expect.stringMatching(reason) as string });
    const asked = provider.clients.length;
    await expect(use(view)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
    expect(provider.clients).toHaveLength(asked);

    await finish(await start({ credentialId: view.id }));
    expect(await only()).toMatchObject({ state: 'active', reason: null, bindings: [{ state: 'approved' }] });
    await expect(use(view)).resolves.toMatchObject({ userId: ann.userId });
  });

  it('leave nothing of a token that came after they were removed', async () => {
    const view = await approved();
    provider.whileRefreshing = () => auth.as(ann, () => auth.client.removeCredential({ id: view.id }));
    await expect(use(view)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
    expect(await auth.sql(`SELECT 1 FROM auth.secrets`)).toEqual([]);
  });

  it('are for their one role alone, when they are proposed, approved and used', async () => {
    const view = await store();
    await expect(propose(view, 'SYSADMIN')).rejects.toMatchObject({
      code: 'VALIDATION',
      details: { errors: [{ path: 'role' }] },
    });
    const proposed = await propose(view);
    provider.role = 'SYSADMIN';
    await finish(await start({ credentialId: view.id, role: 'SYSADMIN' }));
    await expect(approve(proposed)).rejects.toMatchObject({ code: 'VALIDATION' });
    const again = await approve(await propose(view, 'SYSADMIN'));
    provider.role = 'ANALYST';
    await finish(await start({ credentialId: view.id, role: 'ANALYST' }));
    const asked = provider.clients.length;
    await expect(use(again, 'SYSADMIN')).rejects.toMatchObject({
      code: 'CREDENTIAL_UNUSABLE',
      message: expect.stringContaining('is for the role ANALYST') as string,
    });
    expect(provider.clients).toHaveLength(asked);
    expect(await only()).toMatchObject({ state: 'active' });
  });

  it('keep their role and provider where they are replaced without naming another', async () => {
    await saveClient('external');
    const view = await store({ name: 'Company', provider: 'external', role: 'ANALYST' });
    expect(view).toMatchObject({ provider: 'external', boundRole: 'ANALYST' });
    const { authorizeUrl } = await start({ credentialId: view.id });
    expect(authorizeUrl).toContain('role=ANALYST');
  });

  it("of the company's provider take any role where none was asked for", async () => {
    await saveClient('external');
    const view = await store({ name: 'Company', provider: 'external' });
    expect(view).toMatchObject({ provider: 'external', boundRole: null });
    await expect(propose(view, 'SYSADMIN')).resolves.toMatchObject({ bindings: [{ role: 'SYSADMIN' }] });
  });

  it.each([
    [
      'removed',
      async (admin: SessionRecord) => auth.as(admin, () => auth.client.removeOauthClient({ provider: 'snowflake' })),
    ],
    ['another one now', () => saveClient('snowflake', { clientId: 'client-2', more: undefined })],
  ])('are not sent anywhere where the client they were given to is %s', async (_what, change) => {
    const view = await approved();
    await change(await auth.person(`ADA${count}`, 'admin'));
    const asked = provider.clients.length;
    await expect(use(view)).rejects.toMatchObject({
      code: 'CREDENTIAL_UNUSABLE',
      message: expect.stringContaining('OAuth client') as string,
    });
    expect(provider.clients).toHaveLength(asked);
    expect(await only()).toMatchObject({ state: 'active' });
  });

  it('are refused to another user, without a refresh token, and where the provider refuses, and nothing is kept', async () => {
    provider.username = 'BOB';
    await expect(finish(await start())).rejects.toMatchObject(refused('OAUTH_FAILED', 'OAUTH_OTHER_USER'));
    expect(provider.closed).toHaveLength(provider.opened.length * 2);
    provider.username = ann.username;
    provider.givesRefreshTokens = false;
    await expect(finish(await start())).rejects.toMatchObject(refused('OAUTH_FAILED', 'OAUTH_NO_REFRESH_TOKEN'));
    await expect(finish(await start(), { code: 'wrong' })).rejects.toMatchObject(
      refused('OAUTH_FAILED', 'OAUTH_DENIED'),
    );
    await expect(finish(await start(), { code: undefined, error: 'access_denied' })).rejects.toMatchObject(
      refused('OAUTH_FAILED', 'OAUTH_DENIED'),
    );
    expect(await list()).toEqual([]);
    expect(await auth.sql(`SELECT 1 FROM auth.secrets`)).toEqual([]);
  });

  it('are begun and finished by a builder in a living session, for a name of their own, once', async () => {
    await expect(start({ name: 'x' }, await auth.person(`VIC${count}`, 'viewer'))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    for (const body of [{}, { name: 'x', credentialId: 'cred_1' }]) {
      await expect(start(body)).rejects.toMatchObject({ code: 'VALIDATION' });
    }
    const [first, second, late] = [await start(), await start(), await start({ name: 'Late' })];
    await finish(first);
    await expect(finish(first)).rejects.toMatchObject({ code: 'OAUTH_STATE_INVALID' });
    await expect(finish(second)).rejects.toMatchObject(refused('VALIDATION'));
    await expect(start()).rejects.toMatchObject({ code: 'VALIDATION', details: { errors: [{ path: 'name' }] } });
    await expect(start({ credentialId: (await only()).id }, await auth.person(`BOB${count}`))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await auth.sessions.remove(ann.id);
    const gone: unknown = await finish(late).catch((error: unknown) => error);
    expect(gone).toMatchObject({ code: 'SESSION_ENDED' });
    expect((gone as AppError).details.extensions?.['next']).toBeUndefined();
  });

  it('need a client, and a tenant that allows the way to sign in', async () => {
    await expect(start({ name: 'x', provider: 'external' })).rejects.toMatchObject({ code: 'OAUTH_NOT_SET_UP' });
    const view = await approved();
    const settings = JSON.stringify({ methods: ['pat', 'external-oauth'] });
    await auth.sql(`INSERT INTO auth.tenant_settings (tenant_id, settings, changed_by) VALUES ($1, $2, 'spec')`, [
      ann.tenantId,
      settings,
    ]);
    try {
      await expect(start({ name: 'x' })).rejects.toMatchObject({ code: 'METHOD_REFUSED' });
      await expect(use(view)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
    } finally {
      await auth.sql(`DELETE FROM auth.tenant_settings`);
    }
  });

  it('are not replaced by a pasted secret, nor take the place of one', async () => {
    const view = await store();
    const pasted = auth.as(ann, () => auth.client.replaceSecret({ id: view.id, secret: 'x' }));
    await expect(pasted).rejects.toMatchObject({ code: 'VALIDATION' });
    await auth.as(ann, () => auth.client.storeCredential({ name: 'Token', kind: 'pat', secret: 'x' }));
    const token = (await list()).find(({ kind }) => kind === 'pat');
    await expect(start({ credentialId: token?.id })).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('are nowhere in plaintext: not in Postgres, not in Redis, not in what failed', async () => {
    const view = await approved();
    await use(view);
    await start({ name: 'Another' });
    provider.failure = { error: refusedBy('OAUTH_DENIED'), isAnswerLost: false };
    const error: unknown = await use(view).catch((caught: unknown) => caught);
    const dump = await auth.dump();
    expect(dump).toContain(view.id);
    expect(dump).not.toContain('canary');
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('canary');
    expect(auth.logged.join()).not.toContain('canary');
  });
});
