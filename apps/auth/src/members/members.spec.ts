import type { ConnectReply } from '@snowflow/contracts/auth/auth.dto';
import { userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { StandInSnowflake } from '../testing/stand-in-snowflake';
import { startAuth, TestAuth } from '../testing/test-auth';

type Tokens = Required<ConnectReply>;

describe('Members of a tenant', () => {
  let auth: TestAuth;
  let snowflake: StandInSnowflake;
  let owner: Tokens;
  let accounts = 0;

  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.stop());
  beforeEach(async () => {
    snowflake = new StandInSnowflake(auth);
    accounts += 1;
    snowflake.roles['OWNER'] = ['SECURITYADMIN', 'SYSADMIN'];
    owner = await signIn('owner');
  });

  const signIn = (username: string) => snowflake.connect({ account: `org-${accounts}`, username });
  const idOf = (username: string) => userIdOf(owner.session.tenantId, username.toUpperCase());
  const list = async () => (await snowflake.as(owner, () => auth.client.members({}))).items;
  const change = (by: Tokens, username: string, appRole: 'admin' | 'builder' | 'viewer') =>
    snowflake.as(by, () => auth.client.changeMember({ userId: idOf(username), appRole }));
  const remove = (by: Tokens, username: string) =>
    snowflake.as(by, () => auth.client.removeMember({ userId: idOf(username) }));
  const invitationOnly = async () => {
    const settings = await snowflake.as(owner, () => auth.client.settings({}));
    await snowflake.as(owner, () => auth.client.saveSettings({ ...settings, autoJoin: [] }));
  };

  it('are owned by who holds the role in Snowflake, not by who came first', async () => {
    accounts += 1;
    const first = await signIn('ann');
    expect(first.session.appRole).toBe('builder');
    const second = await signIn('owner');
    expect(second.session.appRole).toBe('owner');
    snowflake.roles['ANN'] = ['ACCOUNTADMIN'];
    expect((await signIn('ann')).session.appRole).toBe('owner');
    snowflake.roles['ANN'] = ['SYSADMIN'];
    expect((await signIn('ann')).session.appRole).toBe('builder');
  });

  it('are listed to owners and admins with why they belong, and to nobody else', async () => {
    const ann = await signIn('ann');
    await signIn('cid');
    await change(owner, 'cid', 'admin');
    expect(await list()).toMatchObject([
      { username: 'ANN', appRole: 'builder', because: 'auto-join', state: 'active' },
      { username: 'CID', appRole: 'admin', because: 'assigned' },
      { username: 'OWNER', appRole: 'owner', because: 'snowflake-role' },
    ]);
    await expect(snowflake.as(ann, () => auth.client.members({}))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(change(ann, 'ann', 'admin')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('come by invitation where no rule lets them join', async () => {
    await invitationOnly();
    await expect(signIn('bob')).rejects.toMatchObject({ code: 'NOT_A_MEMBER' });
    expect(snowflake.closed).toMatchObject([{ statements: 'cancel' }]);
    const invited = await snowflake.as(owner, () => auth.client.invite({ username: 'bob', appRole: 'viewer' }));
    expect(invited).toEqual({
      userId: idOf('bob'),
      username: 'BOB',
      appRole: 'viewer',
      because: 'invitation',
      state: 'invited',
      lastSeenAt: null,
    });
    expect((await signIn('bob')).session.appRole).toBe('viewer');
    expect(await list()).toContainEqual(expect.objectContaining({ username: 'BOB', state: 'active' }));
    const again = snowflake.as(owner, () => auth.client.invite({ username: 'BOB', appRole: 'builder' }));
    await expect(again).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('have a changed role at once in every session, and older access tokens are refused', async () => {
    const ann = await signIn('ann');
    await change(owner, 'ann', 'viewer');
    const record = JSON.parse((await auth.redis.get(`snowflow:session:${ann.session.id}`)) as string) as object;
    expect(record).toMatchObject({ appRole: 'viewer', version: 2 });
    expect((await snowflake.refresh(ann)).session.appRole).toBe('viewer');
    expect((await signIn('ann')).session.appRole).toBe('viewer');
  });

  it('that admins are, only owners make and change', async () => {
    const [ann] = await Promise.all([signIn('ann'), signIn('bob')]);
    await change(owner, 'ann', 'admin');
    await expect(change(ann, 'bob', 'viewer')).resolves.toMatchObject({ appRole: 'viewer' });
    await expect(change(ann, 'bob', 'admin')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(remove(ann, 'owner')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(change(ann, 'ann', 'viewer')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    snowflake.roles['BOB'] = ['ACCOUNTADMIN'];
    await signIn('bob');
    await expect(change(owner, 'bob', 'viewer')).rejects.toMatchObject({
      code: 'VALIDATION',
      message: expect.stringContaining('Revoke that role in Snowflake') as string,
    });
  });

  it('who are removed lose their sessions and runs at once, and come back by invitation only', async () => {
    const ann = await signIn('ann');
    await remove(owner, 'ann');
    expect(await auth.redis.exists(`snowflow:session:${ann.session.id}`)).toBe(0);
    expect(snowflake.cancelled).toEqual([ann.session.id]);
    expect(snowflake.closed).toMatchObject([{ statements: 'cancel', scope: { sessionId: ann.session.id } }]);
    await expect(signIn('ann')).rejects.toMatchObject({ code: 'NOT_A_MEMBER' });
    await expect(change(owner, 'ann', 'builder')).rejects.toMatchObject({ code: 'VALIDATION' });
    await snowflake.as(owner, () => auth.client.invite({ username: 'ann', appRole: 'builder' }));
    expect((await signIn('ann')).session.appRole).toBe('builder');
  });

  it('who are removed, or changed, while they sign in find no session of older rights', async () => {
    await signIn('ann');
    snowflake.context = { ...snowflake.context, warehouse: null };
    const settings = await snowflake.as(owner, () => auth.client.settings({}));
    await snowflake.as(owner, () => auth.client.saveSettings({ ...settings, defaultWarehouse: 'wh' }));
    const between = (work: () => Promise<unknown>) => {
      auth.connections.answers.checkContext = async ({ context }) => {
        await work();
        return context;
      };
    };
    between(() => change(owner, 'ann', 'viewer'));
    const ann = await signIn('ann');
    const record = JSON.parse((await auth.redis.get(`snowflow:session:${ann.session.id}`)) as string) as object;
    expect(record).toMatchObject({ appRole: 'viewer', version: 2 });
    between(() => remove(owner, 'ann'));
    await expect(signIn('ann')).rejects.toMatchObject({ code: 'NOT_A_MEMBER' });
    const left = snowflake.opened.at(-1)?.sessionId ?? '';
    expect(await auth.redis.exists(`snowflow:session:${left}`)).toBe(0);
  });

  it("of another tenant are nobody's business", async () => {
    const ann = await signIn('ann');
    accounts += 1;
    const stranger = await signIn('owner');
    const userId = userIdOf(ann.session.tenantId, 'ANN');
    const removal = snowflake.as(stranger, () => auth.client.removeMember({ userId }));
    await expect(removal).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
