import type { CredentialView, UseCredentialRequest } from '@snowflow/contracts/auth/credentials.dto';
import type { OpenStoredRequest } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { currentContext } from '@snowflow/transport/request-scope';
import { startCredentials, TestCredentials } from '../testing/test-credentials';

const SECRET = 'canary-private-key-94d1';
const PASSPHRASE = 'canary-passphrase-0b7e';
const DEMO = { organization: 'SNOWFLOW', region: 'LOCAL', locator: 'DEMO' };
const target = { workflowId: 'wf_1', revisionHash: 'a'.repeat(64), role: 'ANALYST', warehouse: 'DEMO_WH' };

describe('Stored credentials', () => {
  let auth: TestCredentials;
  let ann: SessionRecord;
  let opened: OpenStoredRequest[];
  let closed: (string | undefined)[];
  let cancelled: (string | undefined)[];
  let failure: AppError | undefined;
  let roles: string[];
  let username: string | undefined;
  let count = 0;

  beforeAll(async () => {
    auth = await startCredentials();
    auth.connections.answers.openStored = (request) => {
      opened.push(request);
      if (failure) throw failure;
      const { role = null, warehouse } = request;
      const context = { role, secondaryRoles: 'NONE' as const, warehouse, database: null, schema: null };
      return Promise.resolve({ account: DEMO, username: username ?? request.username ?? '', context, roles });
    };
    auth.connections.answers.close = () => {
      closed.push(currentContext().sessionId);
      return Promise.resolve({ done: true as const });
    };
    auth.workflow.answers.cancelRuns = () => {
      cancelled.push(currentContext().sessionId);
      return Promise.resolve({ done: true as const });
    };
  });
  afterAll(() => auth.stop());
  beforeEach(async () => {
    opened = [];
    closed = [];
    cancelled = [];
    failure = undefined;
    roles = ['SYSADMIN', 'ANALYST'];
    username = undefined;
    count += 1;
    ann = await auth.person(`ANN${count}`);
  });

  const store = (who: SessionRecord, name = 'Nightly') =>
    auth.as(who, () => auth.client.storeCredential({ name, kind: 'key-pair', secret: SECRET, passphrase: PASSPHRASE }));
  const propose = (who: SessionRecord, { id }: CredentialView, parts: Partial<typeof target> = {}) =>
    auth.as(who, () => auth.client.proposeBinding({ id, ...target, ...parts }));
  const approve = (who: SessionRecord, { id, bindings }: CredentialView) =>
    auth.as(who, () => auth.client.approveBinding({ id, bindingId: bindings[0]?.id ?? '' }));
  const use = ({ id }: CredentialView, parts: Partial<UseCredentialRequest> = {}) =>
    auth.inTenant(ann.tenantId, () => auth.client.useCredential({ id, ...target, purpose: 'schedule', ...parts }));
  const approved = async () => approve(ann, await propose(ann, await store(ann)));
  const listed = async (who: SessionRecord) => (await auth.as(who, () => auth.client.credentials({}))).items;
  const loginFailed = (reason: string) =>
    new AppError('SNOWFLAKE_LOGIN_FAILED', 'Snowflake refused. Do this.', { extensions: { reason } });

  it('are tried in Snowflake under a session of their own, which is closed, before they are kept', async () => {
    const view = await store(ann);
    expect(view).toMatchObject({ name: 'Nightly', kind: 'key-pair', username: ann.username, state: 'active' });
    expect(opened).toMatchObject([
      { account: 'demo', username: ann.username, secret: SECRET, passphrase: PASSPHRASE, role: 'SYSADMIN' },
    ]);
    expect(opened[0]?.sessionId).not.toBe(ann.id);
    expect(closed).toEqual([opened[0]?.sessionId]);
    expect(JSON.stringify(await listed(ann))).not.toContain('canary');
  });

  it('are not kept where Snowflake refuses them, or knows them as somebody else', async () => {
    failure = loginFailed('KEY_MISMATCH');
    await expect(store(ann)).rejects.toMatchObject({ code: 'SNOWFLAKE_LOGIN_FAILED' });
    failure = undefined;
    username = 'BOB';
    await expect(store(ann)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(closed.length).toBeGreaterThanOrEqual(2);
    expect(await listed(ann)).toEqual([]);
  });

  it('have names that are one for each owner', async () => {
    const both = await Promise.allSettled([store(ann), store(ann)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(store(ann)).rejects.toMatchObject({ code: 'VALIDATION', details: { errors: [{ path: 'name' }] } });
    await expect(store(await auth.person(`BOB${count}`))).resolves.toMatchObject({ name: 'Nightly' });
  });

  it('are for those who build, and not for runs to make', async () => {
    await expect(store(await auth.person(`VIC${count}`, 'viewer'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const view = await approved();
    const { sessionId, userId } = await use(view);
    const run = { ...ann, id: sessionId, userId };
    await expect(store(run, 'Another')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(approve(run, view)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('are seen by their owner and by who looks after the tenant', async () => {
    const { id } = await store(ann);
    const others = await listed(await auth.person(`BOB${count}`));
    expect(others).toEqual([]);
    const all = await listed(await auth.person(`ADA${count}`, 'admin'));
    expect(all.map((item) => item.id)).toContain(id);
    expect(JSON.stringify(all)).not.toContain('canary');
  });

  it('are used under exactly the approved workflow, revision, role and warehouse', async () => {
    const view = await approved();
    for (const parts of [
      { workflowId: 'wf_2' },
      { revisionHash: 'b'.repeat(64) },
      { role: 'SYSADMIN' },
      { warehouse: 'OTHER' },
      { warehouse: null },
    ]) {
      await expect(use(view, parts)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
    }
    expect(opened).toHaveLength(1);
    const { sessionId, userId } = await use(view, { purpose: 'published' });
    expect(opened[1]).toMatchObject({ sessionId, role: 'ANALYST', warehouse: 'DEMO_WH', secret: SECRET });
    expect(await auth.sessions.find(sessionId)).toMatchObject({
      tenantId: ann.tenantId,
      userId,
      username: ann.username,
      authenticator: 'credential',
      context: { role: 'ANALYST', warehouse: 'DEMO_WH' },
    });
    expect((await listed(ann))[0]?.lastUsedAt).not.toBeNull();
  });

  it('are never used by drafts, tests or agents', async () => {
    const view = await approved();
    for (const purpose of ['draft', 'test', 'agent']) {
      await expect(use(view, { purpose: purpose as 'schedule' })).rejects.toMatchObject({ code: 'VALIDATION' });
    }
  });

  it('are approved by their owner alone, for each revision anew', async () => {
    const view = await store(ann);
    const [bob, admin] = [await auth.person(`BOB${count}`), await auth.person(`ADA${count}`, 'owner')];
    const proposed = await propose(bob, view);
    expect(proposed.bindings).toMatchObject([{ state: 'proposed', approvedAt: null }]);
    await expect(use(view)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
    for (const other of [bob, admin]) {
      await expect(approve(other, proposed)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    await approve(ann, proposed);
    await expect(use(view)).resolves.toMatchObject({ userId: ann.userId });
    const next = { revisionHash: 'c'.repeat(64) };
    await propose(bob, view, next);
    await expect(use(view, next)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
  });

  it('show to who proposes a use what concerns that workflow alone', async () => {
    const view = await approved();
    const seen = await propose(await auth.person(`BOB${count}`), view, { workflowId: 'wf_2' });
    expect(seen.bindings.map(({ workflowId }) => workflowId)).toEqual(['wf_2']);
  });

  it('are not used any more once the use is revoked, and what was revoked is proposed anew', async () => {
    const view = await approved();
    const bindingId = view.bindings[0]?.id ?? '';
    await auth.as(ann, () => auth.client.revokeBinding({ id: view.id, bindingId }));
    await expect(use(view)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
    await expect(approve(ann, view)).rejects.toMatchObject({ code: 'VALIDATION' });
    const again = await propose(ann, view);
    expect(again.bindings.map(({ state }) => state)).toEqual(['revoked', 'proposed']);
  });

  it('are proposed once, however often that is asked', async () => {
    const view = await store(ann);
    await Promise.all([propose(ann, view), propose(ann, view), propose(ann, view, { warehouse: 'OTHER' })]);
    expect((await propose(ann, view)).bindings).toHaveLength(2);
  });

  it.each([
    ['the role is no longer granted', () => void (roles = ['SYSADMIN'])],
    ['Snowflake refuses the key', () => void (failure = loginFailed('KEY_MISMATCH'))],
    ['the token has expired', () => void (failure = loginFailed('TOKEN_EXPIRED'))],
    ['the owner was disabled', () => void (failure = loginFailed('USER_DISABLED'))],
    ['it signs in as another', () => void (username = 'BOB')],
  ])('are suspended with the reason when %s, until the owner replaces the secret', async (_why, happen) => {
    const view = await approved();
    happen();
    await expect(use(view)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
    const tried = opened.at(-1)?.sessionId ?? '';
    expect(await auth.sessions.find(tried)).toBeUndefined();
    expect((await listed(ann))[0]).toMatchObject({ state: 'suspended', reason: expect.any(String) as string });
    [failure, username, roles] = [undefined, undefined, ['SYSADMIN', 'ANALYST']];
    await expect(use(view)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
    await auth.as(ann, () => auth.client.replaceSecret({ id: view.id, secret: 'canary-newer' }));
    await expect(use(view)).resolves.toMatchObject({ userId: ann.userId });
    expect(opened.at(-1)).toMatchObject({ secret: 'canary-newer' });
    expect(opened.at(-1)?.passphrase).toBeUndefined();
  });

  it('stay active when Snowflake is away or locks for a while', async () => {
    const view = await approved();
    for (const error of [new AppError('SNOWFLAKE_UNREACHABLE', 'Away.'), loginFailed('USER_LOCKED')]) {
      failure = error;
      await expect(use(view)).rejects.toMatchObject({ code: error.code });
    }
    failure = undefined;
    await expect(use(view)).resolves.toMatchObject({ userId: ann.userId });
  });

  it('are suspended when their owner leaves', async () => {
    const view = await approved();
    await auth.inTenant(ann.tenantId, () => auth.departures.left(ann.tenantId, ann.userId));
    expect((await listed(ann))[0]).toMatchObject({ state: 'suspended' });
    await expect(use(view)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
  });

  it.each([`state = 'removed'`, `app_role = 'viewer'`])(
    'are suspended where their owner is found with %s',
    async (is) => {
      const view = await approved();
      await auth.sql(`UPDATE auth.users SET ${is} WHERE id = $1`, [ann.userId]);
      await expect(use(view)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
      expect((await listed(ann))[0]).toMatchObject({ state: 'suspended' });
      expect(opened).toHaveLength(1);
    },
  );

  it('do not end in a session where the use is revoked in the same moment', async () => {
    const view = await approved();
    const { openStored } = auth.connections.answers;
    auth.connections.answers.openStored = async (request) => {
      auth.connections.answers.openStored = openStored;
      await auth.as(ann, () => auth.client.revokeBinding({ id: view.id, bindingId: view.bindings[0]?.id ?? '' }));
      return (openStored as NonNullable<typeof openStored>)(request);
    };
    await expect(use(view)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
    const tried = opened.at(-1)?.sessionId ?? '';
    expect(await auth.sessions.find(tried)).toBeUndefined();
    expect(closed).toContain(tried);
  });

  it('are not suspended for a secret that was replaced while it was tried', async () => {
    const view = await approved();
    const { openStored } = auth.connections.answers;
    auth.connections.answers.openStored = async () => {
      auth.connections.answers.openStored = openStored;
      await auth.as(ann, () => auth.client.replaceSecret({ id: view.id, secret: 'canary-newer' }));
      throw loginFailed('KEY_MISMATCH');
    };
    await expect(use(view)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
    expect((await listed(ann))[0]).toMatchObject({ state: 'active', reason: null });
    await expect(use(view)).resolves.toMatchObject({ userId: ann.userId });
  });

  it('are removed with their secret and their living sessions, by their owner or an admin', async () => {
    const view = await approved();
    const { sessionId } = await use(view);
    const bob = await auth.person(`BOB${count}`);
    const byOther = auth.as(bob, () => auth.client.removeCredential({ id: view.id }));
    await expect(byOther).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const names = await auth.sql(`SELECT secret_name FROM auth.credentials WHERE id = $1`, [view.id]);
    const secretName = (names as { secret_name: string }[])[0]?.secret_name;
    await auth.as(ann, () => auth.client.removeCredential({ id: view.id }));
    expect(await auth.sql(`SELECT 1 FROM auth.secrets WHERE name = $1`, [secretName])).toEqual([]);
    expect(await auth.sessions.find(sessionId)).toBeUndefined();
    expect(closed).toContain(sessionId);
    expect(cancelled).toEqual([sessionId]);
    await expect(use(view)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
  });

  it('are of no use in another tenant', async () => {
    const view = await approved();
    const elsewhere = auth.inTenant('ten_other', () =>
      auth.client.useCredential({ id: view.id, ...target, purpose: 'schedule' }),
    );
    await expect(elsewhere).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
  });

  it('are nowhere in plaintext: not in Postgres, not in Redis, not in what failed', async () => {
    const view = await approved();
    await use(view);
    failure = loginFailed('TOKEN_INVALID');
    const error: unknown = await use(view).catch((caught: unknown) => caught);
    const dump = await auth.dump();
    expect(dump).toContain(view.id);
    expect(dump).not.toContain('canary');
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('canary');
    expect(auth.logged.join()).not.toContain('canary');
  });

  it('are not stored or used in a way that the tenant does not allow its people', async () => {
    const view = await approved();
    const settings = JSON.stringify({ methods: ['oauth', 'pat'] });
    await auth.sql(`INSERT INTO auth.tenant_settings (tenant_id, settings, changed_by) VALUES ($1, $2, 'spec')`, [
      ann.tenantId,
      settings,
    ]);
    try {
      await expect(store(ann, 'Another')).rejects.toMatchObject({ code: 'METHOD_REFUSED' });
      await expect(use(view)).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
    } finally {
      await auth.sql(`DELETE FROM auth.tenant_settings`);
    }
    await expect(use(view)).resolves.toMatchObject({ userId: ann.userId });
  });
});
