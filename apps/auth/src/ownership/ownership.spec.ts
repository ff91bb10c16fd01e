import { StandInSnowflake } from '../testing/stand-in-snowflake';
import { startAuth, TestAuth } from '../testing/test-auth';

describe('Proving that one owns a tenant', () => {
  let auth: TestAuth;
  let snowflake: StandInSnowflake;

  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.stop());
  beforeEach(() => {
    snowflake = new StandInSnowflake(auth);
  });

  const signIn = (username: string) => snowflake.connect({ account: 'org-proof', username });
  const roleIn = (sql: string) => /CREATE ROLE (SNOWFLOW_PROOF_[0-9A-F]{32});/.exec(sql)?.[1] as string;

  it('makes an owner of who could give a role MANAGE GRANTS and themselves that role, at once and for good', async () => {
    const ann = await signIn('ann');
    const { sql, cleanUpSql } = await snowflake.as(ann, () => auth.client.ownershipChallenge({}));
    const role = roleIn(sql);
    expect(sql).toBe(
      `USE ROLE SECURITYADMIN;\nCREATE ROLE ${role};\nGRANT MANAGE GRANTS ON ACCOUNT TO ROLE ${role};\nGRANT ROLE ${role} TO USER "ANN";`,
    );
    expect(cleanUpSql).toContain(`DROP ROLE ${role};`);
    const prove = () => snowflake.as(ann, () => auth.client.proveOwnership({}));
    await expect(prove()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    snowflake.roles['ANN'] = ['SYSADMIN', role];
    // So far whoever holds CREATE ROLE gets.
    await expect(prove()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    snowflake.managers = [role];
    expect(await prove()).toMatchObject({ appRole: 'owner' });
    snowflake.roles['ANN'] = ['SYSADMIN'];
    expect((await snowflake.refresh(ann)).session.appRole).toBe('owner');
    expect((await signIn('ann')).session.appRole).toBe('owner');
    // The challenge was good once.
    await expect(prove()).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it("does not take another person's challenge, nor one that is over", async () => {
    const [bob, cid] = await Promise.all([signIn('bob'), signIn('cid')]);
    const { sql } = await snowflake.as(bob, () => auth.client.ownershipChallenge({}));
    snowflake.roles['CID'] = [roleIn(sql)];
    snowflake.managers = [roleIn(sql)];
    const stolen = snowflake.as(cid, () => auth.client.proveOwnership({}));
    await expect(stolen).rejects.toMatchObject({ code: 'VALIDATION' });
    snowflake.roles['BOB'] = [roleIn(sql)];
    await auth.redis.del(...(await auth.redis.keys('snowflow:ownership:*')));
    const late = snowflake.as(bob, () => auth.client.proveOwnership({}));
    await expect(late).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('looks as the role of the challenge where the role of the session may not see it', async () => {
    const dan = await signIn('dan');
    const { sql } = await snowflake.as(dan, () => auth.client.ownershipChallenge({}));
    const role = roleIn(sql);
    snowflake.roles['DAN'] = [role];
    snowflake.managers = [role];
    const prove = () => snowflake.as(dan, () => auth.client.proveOwnership({}));
    snowflake.seenBy = ['SECURITYADMIN'];
    await expect(prove()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    snowflake.seenBy = [role];
    expect(await prove()).toMatchObject({ appRole: 'owner' });
  });

  it('quotes the user as Snowflake reads it', async () => {
    auth.connections.answers.open = () =>
      Promise.resolve({
        account: { organization: 'ORG', region: 'LOCAL', locator: 'QUOTED' },
        username: 'O"NEIL; DROP',
        context: snowflake.context,
        roles: ['PUBLIC'],
      });
    const oddly = await signIn('oddly');
    const { sql } = await snowflake.as(oddly, () => auth.client.ownershipChallenge({}));
    expect(sql.endsWith('TO USER "O""NEIL; DROP";')).toBe(true);
  });
});
