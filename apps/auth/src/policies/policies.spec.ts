import type { ConnectReply } from '@snowflow/contracts/auth/auth.dto';
import { NO_POLICIES, type TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import { PoliciesInForce } from '@snowflow/platform/policies/policies-in-force';
import { TenantPoliciesStore } from '@snowflow/platform/policies/tenant-policies-store';
import { StandInSnowflake } from '../testing/stand-in-snowflake';
import { startAuth, TestAuth } from '../testing/test-auth';

describe('Policies of a tenant', () => {
  let auth: TestAuth;
  let snowflake: StandInSnowflake;
  let owner: Required<ConnectReply>;
  let accounts = 0;

  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.stop());
  beforeEach(async () => {
    snowflake = new StandInSnowflake(auth);
    accounts += 1;
    snowflake.roles['OWNER'] = ['ACCOUNTADMIN'];
    owner = await signIn('owner');
  });

  const signIn = (username: string) => snowflake.connect({ account: `org-p${accounts}`, username });
  const read = (by = owner) => snowflake.as(by, () => auth.client.policies({}));
  const save = (changes: Partial<Record<keyof TenantPolicies, unknown>>, by = owner) =>
    snowflake.as(by, () => auth.client.savePolicies({ ...NO_POLICIES, ...changes } as never));
  const inForce = (by = owner) => {
    const policies = new PoliciesInForce(
      new TenantPoliciesStore(auth.redis),
      auth.client,
      async () => by.session.appRole,
    );
    return snowflake.as(by, () => policies.of(by.session.tenantId));
  };

  it('allow everything until somebody decides, and are kept in one spelling', async () => {
    expect(await read()).toEqual(NO_POLICIES);
    const saved = await save({
      databases: ['demo', ' SNOWFLAKE_SAMPLE_DATA."Tpch".', 'DEMO'].map((one) => one.replace(/\.$/, '')),
      kinds: ['view'],
      nodeTypes: ['source.table', 'shape.filter'],
      models: ['Claude-*'],
    });
    expect(saved).toEqual({
      ...NO_POLICIES,
      version: 1,
      databases: ['DEMO', 'SNOWFLAKE_SAMPLE_DATA."Tpch"'],
      kinds: ['view'],
      nodeTypes: ['source.table', 'shape.filter'],
      models: ['claude-*'],
    });
    expect(await read()).toEqual(saved);
    expect(await inForce()).toEqual(saved);
  });

  it('are refused whole with every mistake in them', async () => {
    const wrong = save({
      databases: ['a b', 'a.b.c', 'ok', ''],
      kinds: ['spreadsheet'],
      nodeTypes: ['source.everything'],
      models: ['two words', '*'],
      targets: [],
      opaque: ['a.b.c.d'],
      writeModes: ['append', 'overwrite'],
      byRole: [
        { role: 'viewer', targets: [] },
        { role: 'viewer', models: ['two words'] },
      ],
      guardedRoles: ['a b'],
    });
    const error = (await wrong.catch((thrown: unknown) => thrown)) as { code: string; details: { errors: object[] } };
    expect(error.code).toBe('VALIDATION');
    expect(error.details.errors.map((each) => (each as { path: string }).path)).toEqual([
      'databases.0',
      'databases.1',
      'databases.3',
      'kinds.0',
      'nodeTypes.0',
      'models.0',
      'models.1',
      'targets',
      'writeModes.1',
      'opaque.0',
      'byRole.0.targets',
      'byRole.1.role',
      'byRole.1.models.0',
      'guardedRoles.0',
    ]);
    expect(await read()).toEqual(NO_POLICIES);
  });

  it('are not overwritten by who has not read what another saved', async () => {
    await save({ databases: ['DEMO'] });
    await expect(save({ databases: ['OTHER'] })).rejects.toMatchObject({ code: 'REVISION_CONFLICT' });
    expect((await save({ version: 1, databases: ['OTHER'] })).version).toBe(2);
    expect((await inForce()).databases).toEqual(['OTHER']);
  });

  it('differ by app role, where a list left out is the tenant’s', async () => {
    const byRole = [{ role: 'builder', databases: ['sandbox'], writeModes: null }];
    await save({ databases: ['DEMO'], writeModes: ['append'], targets: ['DEMO.OUT'], byRole });
    const ann = await signIn('ann');
    expect(await inForce()).toMatchObject({ databases: ['DEMO'], writeModes: ['append'], targets: ['DEMO.OUT'] });
    expect(await inForce(ann)).toMatchObject({ databases: ['SANDBOX'], writeModes: null, targets: ['DEMO.OUT'] });
    await expect(save({ version: 1, byRole: [{ role: 'owner' }] })).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('ask for another’s word before publishing only where there is another', async () => {
    await expect(save({ publishApproval: true })).rejects.toMatchObject({
      code: 'VALIDATION',
      message: expect.stringContaining('only owner or admin') as string,
    });
    snowflake.roles['SECOND'] = ['ACCOUNTADMIN'];
    await signIn('second');
    expect(await save({ publishApproval: true })).toMatchObject({ version: 1, publishApproval: true });
  });

  it('hold where Redis has lost its copy', async () => {
    await save({ models: ['claude-*'] });
    await auth.redis.flushdb();
    owner = await signIn('owner');
    expect((await inForce()).models).toEqual(['claude-*']);
    expect((await new TenantPoliciesStore(auth.redis).find(owner.session.tenantId))?.models).toEqual(['claude-*']);
  });

  it('are read and changed by admins of the tenant, known to everybody in it, and nobody else', async () => {
    await save({ databases: ['DEMO'] });
    const ann = await signIn('ann');
    await expect(read(ann)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(save({ version: 1 }, ann)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await inForce(ann)).databases).toEqual(['DEMO']);
    const stranger = await snowflake.connect({ account: `org-q${accounts}`, username: 'owner' });
    expect(await inForce(stranger)).toEqual(NO_POLICIES);
  });
});
