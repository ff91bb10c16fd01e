import type { ChainedEntryView } from '@snowflow/contracts/audit/audit.dto';
import type { ConnectReply } from '@snowflow/contracts/auth/auth.dto';
import { NO_POLICIES } from '@snowflow/contracts/policies/tenant-policies';
import { userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { StandInSnowflake } from '../testing/stand-in-snowflake';
import { startAuth, TestAuth } from '../testing/test-auth';

const SECRET = 'canary-secret-4e17';

describe('What is recorded of changes of a tenant', () => {
  let auth: TestAuth;
  let snowflake: StandInSnowflake;
  let owner: Required<ConnectReply>;
  let account: string;
  let accounts = 0;

  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.stop());
  beforeEach(async () => {
    snowflake = new StandInSnowflake(auth);
    accounts += 1;
    account = `org-audit${accounts}`;
    snowflake.roles['OWNER'] = ['ACCOUNTADMIN'];
    owner = await signIn('owner');
    auth.connections.answers.openStored = (request) =>
      Promise.resolve({
        account: { organization: 'ORG', region: 'LOCAL', locator: account.toUpperCase() },
        username: request.username ?? '',
        context: { ...snowflake.context, role: request.role ?? null },
        roles: ['ACCOUNTADMIN'],
      });
  });

  const signIn = (username: string) => snowflake.connect({ account, username });
  const as = <T>(work: () => Promise<T>) => snowflake.as(owner, work);
  const idOf = (username: string) => userIdOf(owner.session.tenantId, username);
  const entries = async (): Promise<ChainedEntryView[]> => {
    const page = await as(() => auth.client.audit({ after: 0, limit: 100 }));
    expect(page.endHolds && page.entries.every(({ fault }) => fault === null)).toBe(true);
    expect(await as(() => auth.client.verifyAudit({}))).toMatchObject({ ...page.head, ended: true, broken: null });
    expect(JSON.stringify(page)).not.toContain(SECRET);
    const { session } = owner;
    const byOwner = { kind: 'person', id: idOf(session.username), name: session.username };
    expect(page.entries.map(({ actor }) => actor)).toEqual(page.entries.map(() => byOwner));
    return page.entries;
  };
  const said = async () => (await entries()).map(({ action, before, after }) => ({ action, before, after }));

  it('says of policies and settings which fields were what', async () => {
    await as(() => auth.client.savePolicies({ ...NO_POLICIES, databases: ['DEMO'] }));
    await expect(as(() => auth.client.savePolicies({ ...NO_POLICIES, databases: ['X'] }))).rejects.toMatchObject({
      code: 'REVISION_CONFLICT',
    });
    const settings = await as(() => auth.client.settings({}));
    const limits = { ...settings.limits, runsPerTenant: 5 };
    await as(() => auth.client.saveSettings({ ...settings, sessionIdleSeconds: 600, limits }));
    expect(await said()).toEqual([
      {
        action: 'policy.changed',
        before: { databases: null, version: 0 },
        after: { databases: ['DEMO'], version: 1 },
      },
      {
        action: 'settings.changed',
        before: { version: 0, sessionIdleSeconds: settings.sessionIdleSeconds, runsPerTenant: null },
        after: { version: 1, sessionIdleSeconds: 600, runsPerTenant: 5 },
      },
    ]);
  });

  it('names members who are invited, changed and removed', async () => {
    const { userId } = await as(() => auth.client.invite({ username: 'ann', appRole: 'viewer' }));
    await as(() => auth.client.changeMember({ userId, appRole: 'builder' }));
    await as(() => auth.client.removeMember({ userId }));
    const object = { kind: 'member', id: userId, name: 'ANN' };
    expect(await entries()).toMatchObject([
      { action: 'member.invited', object, before: null, after: { appRole: 'viewer', state: 'invited' } },
      { action: 'member.changed', object, before: { appRole: 'viewer' }, after: { appRole: 'builder' } },
      {
        action: 'member.removed',
        object,
        before: { appRole: 'builder', state: 'invited' },
        after: { state: 'removed' },
      },
    ]);
  });

  it('says of an OAuth client, a key and a session that they changed, never what is secret of them', async () => {
    const client = { provider: 'snowflake' as const, clientId: 'client-1' };
    await as(() => auth.client.saveOauthClient({ ...client, clientSecret: SECRET }));
    await as(() => auth.client.removeOauthClient({ provider: 'snowflake' }));
    await as(() => auth.client.removeOauthClient({ provider: 'snowflake' }));
    const { id, key } = await as(() => auth.client.createApiKey({ name: 'Nightly', days: 1 }));
    await as(() => auth.client.removeApiKey({ id }));
    const { session: other } = await signIn('owner');
    await as(() => auth.client.revokeSession({ sessionId: other.id }));
    const all = await entries();
    expect(all).toMatchObject([
      { action: 'oauth-client.saved', after: { clientId: 'client-1', hasSecret: true } },
      { action: 'oauth-client.removed', object: { id: 'snowflake' } },
      { action: 'key.created', object: { kind: 'key', id, name: 'Nightly' } },
      { action: 'key.revoked', object: { kind: 'key', id, name: 'Nightly' } },
      { action: 'session.revoked', object: { kind: 'session', id: other.id } },
    ]);
    expect(JSON.stringify(all)).not.toContain(key.slice(id.length + 1));
  });

  it('names stored credentials and what they may be used for', async () => {
    const { id } = await as(() =>
      auth.client.storeCredential({ name: 'Nightly', kind: 'key-pair', secret: SECRET, passphrase: SECRET }),
    );
    const target = { workflowId: 'wf_1', revisionHash: 'a'.repeat(64), role: 'ANALYST', warehouse: 'WH' };
    const { bindings } = await as(() => auth.client.proposeBinding({ id, ...target }));
    await as(() => auth.client.proposeBinding({ id, ...target }));
    const bindingId = bindings[0]?.id ?? '';
    await as(() => auth.client.approveBinding({ id, bindingId }));
    await as(() => auth.client.approveBinding({ id, bindingId }));
    await as(() => auth.client.revokeBinding({ id, bindingId }));
    await as(() => auth.client.replaceSecret({ id, secret: `${SECRET}-newer` }));
    await as(() => auth.client.removeCredential({ id }));
    const all = await entries();
    expect(all.every(({ object }) => object.id === id && object.name === 'Nightly')).toBe(true);
    const use = { workflowId: 'wf_1', role: 'ANALYST', warehouse: 'WH' };
    expect(all).toMatchObject([
      { action: 'credential.stored', after: { kind: 'key-pair' } },
      { action: 'credential.use-proposed', after: use },
      { action: 'credential.use-approved', after: use },
      { action: 'credential.use-revoked', after: use },
      { action: 'credential.replaced', after: { state: 'active' } },
      { action: 'credential.removed', before: { owner: 'OWNER' } },
    ]);
  });

  it('is for owners and admins', async () => {
    const ann = await signIn('ann');
    const refused = { code: 'FORBIDDEN' };
    await expect(snowflake.as(ann, () => auth.client.audit({ limit: 1 }))).rejects.toMatchObject(refused);
    await expect(snowflake.as(ann, () => auth.client.verifyAudit({}))).rejects.toMatchObject(refused);
  });
});
