import { AppError } from '@snowflow/contracts/errors/app-error';
import { JwtService } from '@nestjs/jwt';
import type { ErrorCode } from '@snowflow/contracts/errors/error-codes';
import type { AccessTokenClaims } from '@snowflow/contracts/sessions/access-token';
import { StandInSnowflake } from '../testing/stand-in-snowflake';
import { startAuth, TestAuth } from '../testing/test-auth';

const OWNERS = ['ACCOUNTADMIN', 'SYSADMIN', 'PUBLIC'];
const versionOf = (token: string) => new JwtService({}).decode<AccessTokenClaims>(token).ver;

describe('Refreshing a session', () => {
  let auth: TestAuth;
  let snowflake: StandInSnowflake;

  beforeAll(async () => {
    auth = await startAuth({ SESSION_IDLE_SECONDS: '1000', SESSION_MAX_SECONDS: '5000' });
  });
  afterAll(() => auth.stop());
  beforeEach(() => {
    snowflake = new StandInSnowflake(auth);
  });

  const keyOf = (id: string) => `snowflow:session:${id}`;
  /** It was given so many seconds within the last ten. */
  const endsWithin = async (key: string, seconds: number) => {
    const left = await auth.redis.ttl(key);
    expect([left <= seconds, left > seconds - 10]).toEqual([true, true]);
  };
  const sessionExists = async (id: string) => (await auth.redis.exists(keyOf(id))) === 1;
  const takenOf = ({ session }: { session: { id: string } }) => `snowflow:refresh:${session.id}:taken`;
  const refused = (code: ErrorCode) => expect.objectContaining({ code }) as Error;

  it('takes a refresh token once; used after its successor was, it ends the session and its whole family', async () => {
    const first = await snowflake.connect();
    const second = await snowflake.refresh(first);
    expect(second.session.id).toBe(first.session.id);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    await snowflake.refresh(second);
    await expect(snowflake.refresh(first)).rejects.toEqual(refused('REFRESH_REUSED'));
    expect(await sessionExists(first.session.id)).toBe(false);
    await expect(snowflake.refresh(second)).rejects.toEqual(refused('SESSION_ENDED'));
    expect(snowflake.closed).toMatchObject([{ statements: 'finish', scope: { sessionId: first.session.id } }]);
  });

  it('ends a session whose token is replayed even while Snowflake is away', async () => {
    const first = await snowflake.connect();
    await snowflake.refresh(await snowflake.refresh(first));
    snowflake.notLive = new AppError('SNOWFLAKE_UNREACHABLE', 'Away.');
    await expect(snowflake.refresh(first)).rejects.toEqual(refused('REFRESH_REUSED'));
    expect(await sessionExists(first.session.id)).toBe(false);
  });

  it('gives the same successor to who asks again because the answer was lost, and to two who ask at once', async () => {
    const first = await snowflake.connect();
    const [one, other] = await Promise.all([1, 2].map(() => snowflake.refresh(first)));
    const again = await snowflake.refresh(first);
    expect([other?.refreshToken, again.refreshToken]).toEqual([one?.refreshToken, one?.refreshToken]);
    const third = await snowflake.refresh(again);
    expect(third.session.id).toBe(first.session.id);
    expect(await auth.redis.get(takenOf(first))).not.toContain(third.refreshToken);
  });

  it('gives it for a minute only', async () => {
    const first = await snowflake.connect();
    await snowflake.refresh(first);
    const leftSeconds = await auth.redis.ttl(takenOf(first));
    expect([leftSeconds > 50, leftSeconds <= 60]).toEqual([true, true]);
    await auth.redis.del(takenOf(first));
    await expect(snowflake.refresh(first)).rejects.toEqual(refused('REFRESH_REUSED'));
    expect(await sessionExists(first.session.id)).toBe(false);
  });

  it('forgets it when the session ends', async () => {
    const first = await snowflake.connect();
    const second = await snowflake.refresh(first);
    await snowflake.as(second, () => auth.client.disconnect({ runs: 'finish' }));
    expect(await auth.redis.keys(`snowflow:refresh:${first.session.id}*`)).toEqual([]);
    await expect(snowflake.refresh(first)).rejects.toEqual(refused('SESSION_ENDED'));
  });

  it('refuses tokens that are none', async () => {
    for (const refreshToken of [
      'x',
      'ses_0000000000000000000000.short',
      `ses_0000000000000000000000.${'a'.repeat(43)}`,
    ]) {
      const refreshing = snowflake.anonymous(() => auth.client.refresh({ refreshToken }));
      await expect(refreshing).rejects.toEqual(refused('SESSION_ENDED'));
    }
  });

  it('puts the idle end off, but never the last one', async () => {
    const tokens = await snowflake.connect();
    const key = keyOf(tokens.session.id);
    await auth.redis.expire(key, 10);
    const again = await snowflake.refresh(tokens);
    await endsWithin(key, 1000);
    expect(again.session.expiresAt).toBe(tokens.session.expiresAt);
    await endsWithin(`snowflow:refresh:${tokens.session.id}`, 1000);
    // Close to its end the session gets what is left, and no more.
    const record = JSON.parse((await auth.redis.get(key)) as string) as Record<string, unknown>;
    const soon = new Date(Date.now() + 60_000).toISOString();
    await auth.redis.set(key, JSON.stringify({ ...record, expiresAt: soon }), 'KEEPTTL');
    await snowflake.refresh(again);
    expect(await auth.redis.ttl(key)).toBeLessThanOrEqual(60);
  });

  it('ends the session that Snowflake has ended, and says so', async () => {
    const tokens = await snowflake.connect();
    snowflake.notLive = new AppError('SNOWFLAKE_SESSION_ENDED', 'User access disabled. Sign in again.');
    await expect(snowflake.refresh(tokens)).rejects.toEqual(refused('SNOWFLAKE_SESSION_ENDED'));
    expect(await sessionExists(tokens.session.id)).toBe(false);
    expect(snowflake.closed).toHaveLength(1);
  });

  it('keeps a session whose role was revoked, with that role, and tells', async () => {
    const tokens = await snowflake.connect();
    snowflake.notLive = new AppError('ROLE_REVOKED', 'SYSADMIN is gone.');
    const again = await snowflake.refresh(tokens);
    expect(again.session).toMatchObject({ role: 'SYSADMIN', roleRevoked: true });
    await snowflake.as(again, () => auth.client.context({ role: 'ANALYST' }));
    snowflake.notLive = undefined;
    const last = await snowflake.refresh(again);
    expect(last.session).toMatchObject({ role: 'ANALYST' });
    expect(last.session).not.toHaveProperty('roleRevoked');
  });

  describe('while Snowflake cannot be asked', () => {
    it('goes on for five minutes after the last answer', async () => {
      const tokens = await snowflake.connect();
      await endsWithin(`snowflow:live:${tokens.session.id}`, 300);
      await auth.redis.expire(`snowflow:live:${tokens.session.id}`, 100);
      for (const code of ['SNOWFLAKE_UNAVAILABLE', 'SNOWFLAKE_UNREACHABLE', 'DEADLINE_EXCEEDED'] as const) {
        snowflake.notLive = new AppError(code, 'Away.');
        Object.assign(tokens, await snowflake.refresh(tokens));
      }
      // A refresh that trusted the last answer is none itself.
      expect(await auth.redis.ttl(`snowflow:live:${tokens.session.id}`)).toBeLessThanOrEqual(100);
    });

    it('then fails, without taking the token: it is good once Snowflake answers again', async () => {
      const tokens = await snowflake.connect();
      snowflake.notLive = new AppError('SNOWFLAKE_UNREACHABLE', 'Away.');
      await auth.redis.del(`snowflow:live:${tokens.session.id}`);
      await expect(snowflake.refresh(tokens)).rejects.toEqual(refused('SNOWFLAKE_UNREACHABLE'));
      expect(await sessionExists(tokens.session.id)).toBe(true);
      snowflake.notLive = undefined;
      await expect(snowflake.refresh(tokens)).resolves.toMatchObject({ session: { id: tokens.session.id } });
    });
  });

  it("takes an owner's rights away with the role, in every session, and older access tokens with them", async () => {
    snowflake.roles['OWNER'] = OWNERS;
    const here = await snowflake.connect({ username: 'owner' });
    const there = await snowflake.connect({ username: 'owner' });
    expect(here.session.appRole).toBe('owner');
    snowflake.roles['OWNER'] = ['SYSADMIN'];
    const again = await snowflake.refresh(here);
    expect(again.session.appRole).toBe('builder');
    expect([versionOf(here.accessToken), versionOf(again.accessToken)]).toEqual([1, 2]);
    const other = JSON.parse((await auth.redis.get(keyOf(there.session.id))) as string) as object;
    expect(other).toMatchObject({ appRole: 'builder', version: 2 });
  });

  it('ends the session of who is no member any more', async () => {
    snowflake.roles['OWNER'] = OWNERS;
    snowflake.roles['JOINER'] = ['ANALYST', 'SYSADMIN'];
    const owner = await snowflake.connect({ username: 'owner' });
    const settings = await snowflake.as(owner, () => auth.client.settings({}));
    const autoJoin = [{ snowflakeRole: 'analyst', appRole: 'viewer' as const }];
    const { version } = await snowflake.as(owner, () => auth.client.saveSettings({ ...settings, autoJoin }));
    const joiner = await snowflake.connect({ username: 'joiner' });
    expect(joiner.session.appRole).toBe('viewer');
    snowflake.roles['JOINER'] = ['SYSADMIN'];
    await expect(snowflake.refresh(joiner)).rejects.toEqual(refused('NOT_A_MEMBER'));
    expect(await sessionExists(joiner.session.id)).toBe(false);
    await snowflake.as(owner, () => auth.client.saveSettings({ ...settings, version }));
  });

  it("cuts sessions short when the tenant's settings do, and never makes one longer", async () => {
    snowflake.roles['OWNER'] = OWNERS;
    const owner = await snowflake.connect({ username: 'owner' });
    const save = (sessionMaxSeconds: number) =>
      snowflake.as(owner, async () => {
        const settings = await auth.client.settings({});
        return auth.client.saveSettings({ ...settings, sessionMaxSeconds, sessionIdleSeconds: 600 });
      });
    await save(1_200);
    const short = await snowflake.refresh(owner);
    const lasts = Date.parse(short.session.expiresAt) - Date.parse(short.session.createdAt);
    expect(lasts).toBe(1_200_000);
    await endsWithin(keyOf(owner.session.id), 600);
    await save(9_000);
    const again = await snowflake.refresh(short);
    expect(again.session.expiresAt).toBe(short.session.expiresAt);
  });
});
