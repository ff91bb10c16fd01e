import type { ConnectReply } from '@snowflow/contracts/auth/auth.dto';
import type { TenantSettings } from '@snowflow/contracts/auth/tenant.dto';
import { DEFAULT_TENANT_LIMITS } from '@snowflow/contracts/sessions/tenant-limits';
import { LimitsInForce } from '@snowflow/platform/sessions/limits-in-force';
import { TenantLimitsStore } from '@snowflow/platform/sessions/tenant-limits-store';
import { runForTenant } from '@snowflow/transport/request-scope';
import { StandInSnowflake } from '../testing/stand-in-snowflake';
import { startAuth, TestAuth } from '../testing/test-auth';

describe('Settings of a tenant', () => {
  let auth: TestAuth;
  let snowflake: StandInSnowflake;
  let owner: Required<ConnectReply>;
  let settings: TenantSettings;
  let accounts = 0;

  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.stop());
  beforeEach(async () => {
    snowflake = new StandInSnowflake(auth);
    accounts += 1;
    snowflake.roles['OWNER'] = ['ACCOUNTADMIN', 'TEAM_LEAD', 'SYSADMIN'];
    owner = await signIn('owner');
    settings = await snowflake.as(owner, () => auth.client.settings({}));
  });

  const account = () => `org-s${accounts}`;
  const signIn = (username: string, request = {}) => snowflake.connect({ account: account(), username, ...request });
  const read = () => snowflake.as(owner, () => auth.client.settings({}));
  const save = async (changes: Partial<TenantSettings>, by = owner) => {
    const { version } = await read();
    return snowflake.as(by, () => auth.client.saveSettings({ ...settings, version, ...changes }));
  };
  const copy = () => new TenantLimitsStore(auth.redis).find(owner.session.tenantId);
  /** As those who enforce them read them, without anybody who asks. */
  const inForce = (tenantId = owner.session.tenantId) =>
    new LimitsInForce(new TenantLimitsStore(auth.redis), (tenant) =>
      runForTenant(tenant, () => auth.client.limitsInForce({})),
    ).of(tenantId);
  const errorsAt = async (saving: Promise<unknown>) => {
    const error = (await saving.catch((thrown: unknown) => thrown)) as { code: string; details: { errors: object[] } };
    expect(error.code).toBe('VALIDATION');
    return error.details.errors.map((each) => (each as { path: string }).path);
  };

  it("are the installation's until somebody changes them, and then hold as they were saved", async () => {
    expect(settings).toMatchObject({
      sessionIdleSeconds: 14_400,
      sessionMaxSeconds: 43_200,
      ownerRoles: ['ACCOUNTADMIN', 'SECURITYADMIN'],
      autoJoin: [{ snowflakeRole: 'PUBLIC', appRole: 'builder' }],
      limits: DEFAULT_TENANT_LIMITS,
      defaultWarehouse: null,
    });
    const limits = { ...DEFAULT_TENANT_LIMITS, statementsPerTenant: 20, queueLength: 5 };
    const saved = await save({ limits, ownerRoles: ['team_lead', ' "Mixed""Case" '], methods: ['password', 'pat'] });
    expect(saved.ownerRoles).toEqual(['TEAM_LEAD', 'Mixed"Case']);
    expect(await snowflake.as(owner, () => auth.client.settings({}))).toEqual(saved);
    expect(await copy()).toEqual(limits);
  });

  it('are not overwritten by who has not read what another saved', async () => {
    const stale = await read();
    expect(stale.version).toBe(0);
    expect(await save({ methods: ['password'] })).toMatchObject({ version: 1, methods: ['password'] });
    const late = snowflake.as(owner, () => auth.client.saveSettings({ ...stale, defaultWarehouse: 'wh' }));
    await expect(late).rejects.toMatchObject({ code: 'REVISION_CONFLICT' });
    expect(await read()).toMatchObject({ version: 1, methods: ['password'], defaultWarehouse: null });
    expect(await copy()).toEqual(stale.limits);
  });

  it('are saved by one of many who save over the same version at once', async () => {
    const saves = [1, 2, 3, 4].map((queueLength) => save({ version: 0, limits: { ...settings.limits, queueLength } }));
    const ends = await Promise.allSettled(saves);
    const [saved, ...more] = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    expect(more).toEqual([]);
    expect(await read()).toEqual(saved);
    expect(await inForce()).toEqual(saved?.limits);
  });

  it('hold their limits where Redis has lost its copy, which auth leaves anew', async () => {
    const limits = { ...DEFAULT_TENANT_LIMITS, runRetentionDays: 365, queryTimeoutSeconds: 60 };
    await save({ limits });
    await auth.redis.flushdb();
    expect(await copy()).toBeUndefined();
    expect(await inForce()).toEqual(limits);
    expect(await copy()).toEqual(limits);
    expect(await inForce('ten_nobody')).toEqual(DEFAULT_TENANT_LIMITS);
  });

  it('hold their limits where auth died after it had kept them and before it had copied them', async () => {
    const { tenantId } = owner.session;
    await save({ limits: { ...DEFAULT_TENANT_LIMITS, runRetentionDays: 30 } });
    const dying = jest.spyOn(TenantLimitsStore.prototype, 'save').mockRejectedValue(new Error('dead'));
    await save({ limits: { ...DEFAULT_TENANT_LIMITS, runRetentionDays: 365 } });
    dying.mockRestore();
    expect(await inForce()).toMatchObject({ runRetentionDays: 365 });
    expect(await new TenantLimitsStore(auth.redis).find(tenantId)).toMatchObject({ runRetentionDays: 365 });
  });

  it('are refused whole with every mistake in them', async () => {
    const wrong = save({
      methods: [],
      ownerRoles: ['PUBLIC'],
      sessionIdleSeconds: 7_200,
      sessionMaxSeconds: 3_600,
      limits: { ...DEFAULT_TENANT_LIMITS, statementsPerSession: 100, statementsPerTenant: 10 },
    });
    expect(await errorsAt(wrong)).toEqual([
      'methods',
      'sessionIdleSeconds',
      'ownerRoles.0',
      'limits.statementsPerSession',
    ]);
    expect(await errorsAt(save({ methods: ['password', 'telepathy' as 'pat'] }))).toEqual(['methods']);
    expect(await errorsAt(save({ ownerRoles: [] }))).toEqual(['ownerRoles']);
    expect(await snowflake.as(owner, () => auth.client.settings({}))).toEqual(settings);
  });

  it('lock nobody out who makes them: neither by method nor by role', async () => {
    expect(await errorsAt(save({ methods: ['key-pair'] }))).toEqual(['methods']);
    expect(await errorsAt(save({ ownerRoles: ['SECURITYADMIN'] }))).toEqual(['ownerRoles']);
    await expect(save({ ownerRoles: ['TEAM_LEAD'] })).resolves.toMatchObject({ ownerRoles: ['TEAM_LEAD'] });
  });

  it('are made by owners and admins; which roles own the tenant only by owners', async () => {
    const [ann, bob] = await Promise.all([signIn('ann'), signIn('bob')]);
    const { items } = await snowflake.as(owner, () => auth.client.members({}));
    const { userId } = items.find(({ username }) => username === 'ANN') as { userId: string };
    await snowflake.as(owner, () => auth.client.changeMember({ userId, appRole: 'admin' }));
    await expect(save({ defaultWarehouse: 'wh' }, ann)).resolves.toMatchObject({ defaultWarehouse: 'WH' });
    await expect(save({ ownerRoles: ['SYSADMIN'] }, ann)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(save({}, bob)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(snowflake.as(bob, () => auth.client.settings({}))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('refuse a way to sign in before its secret goes anywhere, and after it where the account was not known', async () => {
    await save({ methods: ['password'] });
    const before = snowflake.opened.length;
    const byToken = { authenticator: 'pat', token: 'secret' } as const;
    await expect(signIn('ann', byToken)).rejects.toMatchObject({ code: 'METHOD_REFUSED' });
    expect(snowflake.opened).toHaveLength(before);
    // Another spelling of the same account is not known yet: Snowflake says which account it is.
    const spelling = `${account()}.privatelink`;
    snowflake.accounts[spelling] = { organization: 'ORG', region: 'LOCAL', locator: account().toUpperCase() };
    const late = { account: spelling, authenticator: 'pat', token: 'canary-password-7c1f' } as const;
    await expect(signIn('ann', late)).rejects.toMatchObject({ code: 'METHOD_REFUSED' });
    expect(snowflake.opened).toHaveLength(before + 1);
    expect(snowflake.closed).toHaveLength(1);
    await expect(signIn('ann', late)).rejects.toMatchObject({ code: 'METHOD_REFUSED' });
    expect(snowflake.opened).toHaveLength(before + 1);
  });

  it('give a warehouse to who has none, where they may use it', async () => {
    snowflake.context = { ...snowflake.context, warehouse: null };
    await save({ defaultWarehouse: 'shared_wh' });
    expect((await signIn('ann')).session.warehouse).toBe('SHARED_WH');
    await save({ defaultWarehouse: 'nobodys_wh' });
    expect((await signIn('ann')).session.warehouse).toBeNull();
  });

  it('meet in one tenant from every spelling of its account', async () => {
    const [one, other] = [await snowflake.connect(), await snowflake.connect({ account: 'snowflow-demo' })];
    expect(other.session.tenantId).toBe(one.session.tenantId);
    expect((await snowflake.connect({ account: 'demo2' })).session.tenantId).not.toBe(one.session.tenantId);
  });

  it('offer only ways to sign in that work', async () => {
    const options = () => snowflake.anonymous(() => auth.client.signInOptions({ account: account() }));
    expect(await options()).toEqual({
      account: account(),
      methods: ['password', 'key-pair', 'pat', 'oauth-token'],
      hint: null,
    });
    await save({ methods: ['password'] });
    expect((await options()).methods).toEqual(['password']);
  });
});

describe('A hosted installation', () => {
  let auth: TestAuth;
  let snowflake: StandInSnowflake;

  beforeAll(async () => {
    auth = await startAuth({ HOSTED: 'on' });
  });
  afterAll(() => auth.stop());
  beforeEach(() => {
    snowflake = new StandInSnowflake(auth);
  });

  it('takes no passwords but for the demo, until a tenant says otherwise', async () => {
    await expect(snowflake.connect({ account: 'org-acc' })).rejects.toMatchObject({ code: 'METHOD_REFUSED' });
    expect(snowflake.opened).toEqual([]);
    snowflake.roles['DEMO'] = ['ACCOUNTADMIN'];
    const demo = await snowflake.connect();
    const settings = await snowflake.as(demo, () => auth.client.settings({}));
    expect(settings.methods).toEqual(['password', 'oauth', 'external-oauth']);
    const pat = { authenticator: 'pat', token: 'canary-password-7c1f' } as const;
    await expect(snowflake.connect(pat)).rejects.toMatchObject({ code: 'METHOD_REFUSED' });
    await snowflake.as(demo, () => auth.client.saveSettings({ ...settings, methods: ['password', 'pat'] }));
    await expect(snowflake.connect(pat)).resolves.toMatchObject({ session: { authenticator: 'pat' } });
  });

  it('says what to do where no way is open', async () => {
    const options = await snowflake.anonymous(() => auth.client.signInOptions({ account: 'org-new' }));
    expect(options).toMatchObject({ methods: [], hint: expect.stringContaining('security integration') as string });
  });
});

describe('An installation inside Snowflake', () => {
  let auth: TestAuth;
  let snowflake: StandInSnowflake;

  beforeAll(async () => {
    auth = await startAuth({ NATIVE_APP: 'on' });
    snowflake = new StandInSnowflake(auth);
  });
  afterAll(() => auth.stop());

  it("takes who comes by Snowflake's ingress, and no other credential", async () => {
    const account = 'org-native';
    const options = await snowflake.anonymous(() => auth.client.signInOptions({ account }));
    expect(options).toEqual({ account, methods: ['container'], hint: null });
    await expect(snowflake.connect({ account })).rejects.toMatchObject({ code: 'METHOD_REFUSED' });
    expect(snowflake.opened).toEqual([]);
  });
});
