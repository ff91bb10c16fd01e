import type { ConnectReply } from '@snowflow/contracts/auth/auth.dto';
import { Client } from 'pg';
import { StandInSnowflake } from '../testing/stand-in-snowflake';
import { startAuth, TestAuth } from '../testing/test-auth';

type Tokens = Required<ConnectReply>;

jest.setTimeout(30_000);

describe("Everybody's sessions", () => {
  let auth: TestAuth;
  let snowflake: StandInSnowflake;
  let owner: Tokens;
  let ann: Tokens;

  beforeAll(async () => {
    auth = await startAuth();
    snowflake = new StandInSnowflake(auth);
    snowflake.roles['OWNER'] = ['SECURITYADMIN', 'SYSADMIN'];
    owner = await snowflake.connect({ account: 'org-1', username: 'owner' });
    ann = await snowflake.connect({ account: 'org-1', username: 'ann', client: 'Chrome on Windows' });
  });
  afterAll(() => auth?.stop());

  const list = (by: Tokens) => snowflake.as(by, () => auth.client.tenantSessions({}));
  const revoke = (by: Tokens, { session }: Tokens) =>
    snowflake.as(by, () => auth.client.revokeTenantSession({ sessionId: session.id }));
  const recorded = async () => {
    const client = new Client({ connectionString: auth.databaseUrl });
    await client.connect();
    const { rows } = await client.query<object>(
      `SELECT actor_name, object_name, before FROM auth.audit_entries WHERE action = 'session.revoked' AND object_id = $1`,
      [ann.session.id],
    );
    await client.end();
    return rows;
  };

  it('are shown to owners and admins: who, how, as what and from where', async () => {
    const { items } = await list(owner);
    expect(items.map(({ username, current }) => [username, current])).toEqual(
      expect.arrayContaining([
        ['OWNER', true],
        ['ANN', false],
      ]),
    );
    expect(items.find(({ username }) => username === 'ANN')).toMatchObject({
      id: ann.session.id,
      client: 'Chrome on Windows',
      authenticator: 'password',
      appRole: 'builder',
      role: 'SYSADMIN',
    });
  });

  it('are nothing to others, nor to the owner of another tenant', async () => {
    await expect(list(ann)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(revoke(ann, owner)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const stranger = await snowflake.connect({ account: 'org-2', username: 'owner' });
    expect((await list(stranger)).items.map(({ id }) => id)).toEqual([stranger.session.id]);
    await expect(revoke(stranger, ann)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await recorded()).toEqual([]);
  });

  it('end at once with all their tokens, and it is recorded who ended whose', async () => {
    await revoke(owner, ann);
    expect(await auth.redis.exists(`snowflow:session:${ann.session.id}`)).toBe(0);
    await expect(snowflake.refresh(ann)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    expect((await list(owner)).items.map(({ username }) => username)).toEqual(['OWNER']);
    await expect(revoke(owner, ann)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await recorded()).toEqual([
      {
        actor_name: 'OWNER',
        object_name: 'ANN',
        before: JSON.stringify({ client: 'Chrome on Windows', method: 'password', role: 'SYSADMIN' }),
      },
    ]);
  });
});
