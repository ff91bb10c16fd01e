import { Redis } from 'ioredis';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { SessionStore } from './session-store';

const HOUR_MS = 3_600_000;

const record = (id: string, changes: Partial<SessionRecord> = {}, leftMs = HOUR_MS): SessionRecord => ({
  id,
  tenantId: 'ten_1',
  userId: 'usr_1',
  account: 'demo',
  username: 'DEMO',
  authenticator: 'password',
  appRole: 'owner',
  context: { role: 'ANALYST', secondaryRoles: 'NONE', warehouse: null, database: null, schema: null },
  version: 1,
  idleSeconds: 60,
  client: 'API client',
  lastSeenAt: new Date().toISOString(),
  createdAt: new Date().toISOString(),
  expiresAt: new Date(Date.now() + leftMs).toISOString(),
  ...changes,
});

describe('The session store', () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let redis: Redis;
  let store: SessionStore;

  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
    store = new SessionStore(redis);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  /** It ends so long after `act` gave it its time, whatever the machine did in between. */
  const lasts = async (sessionId: string, seconds: number, act: () => Promise<unknown>) => {
    const before = Date.now();
    await act();
    const endsAt = await redis.pexpiretime(`snowflow:session:${sessionId}`);
    // Redis looks at its clock between commands only.
    expect(endsAt).toBeGreaterThan(before + seconds * 1_000 - 500);
    expect(endsAt).toBeLessThanOrEqual(Date.now() + seconds * 1_000);
  };
  beforeEach(() => redis.flushall());

  it('finds what was saved and nothing else', async () => {
    const saved = record('ses_1');
    await store.save(saved);
    expect(await store.find('ses_1')).toEqual(saved);
    expect(await store.find('ses_2')).toBeUndefined();
  });

  it('forgets a session that is idle, and none outlives its end', async () => {
    await lasts('ses_1', 60, () => store.save(record('ses_1')));
    await lasts('ses_1', 5, () => store.save(record('ses_1', {}, 5_000)));
  });

  it('changes a session only while it is there', async () => {
    const saved = record('ses_1');
    await store.save(saved);
    const context = { ...saved.context, role: 'SYSADMIN', warehouse: 'WH' };
    expect(await store.change('ses_1', { context })).toEqual({ ...saved, context });
    expect(await store.find('ses_1')).toEqual({ ...saved, context });
    expect([await store.remove('ses_1'), await store.remove('ses_1')]).toEqual([true, false]);
    expect(await store.change('ses_1', { context })).toBeUndefined();
    expect(await store.find('ses_1')).toBeUndefined();
  });

  it('lets only who was seen live on', async () => {
    await store.save(record('ses_1'));
    await lasts('ses_1', 20, async () => {
      await redis.expire('snowflow:session:ses_1', 20);
      await store.change('ses_1', { appRole: 'viewer' });
    });
    const expiresAt = new Date(Date.now() + HOUR_MS).toISOString();
    await lasts('ses_1', 90, () => store.touch('ses_1', { lastSeenAt: expiresAt, idleSeconds: 90, expiresAt }));
    await lasts('ses_1', 7, () =>
      store.touch('ses_1', { idleSeconds: 90, expiresAt: new Date(Date.now() + 7_000).toISOString() }),
    );
  });

  it('counts the version up when rights change, and loses nothing of what else changes at the same time', async () => {
    const saved = record('ses_1');
    await store.save(saved);
    const context = { ...saved.context, schema: 'S' };
    await Promise.all([
      ...Array.from({ length: 20 }, () => store.changeRights('ses_1', { appRole: 'viewer' })),
      ...Array.from({ length: 20 }, () => store.change('ses_1', { context })),
    ]);
    expect(await store.find('ses_1')).toEqual({ ...saved, appRole: 'viewer', version: 21, context });
  });

  it("lists a person's living sessions, the newest first, and nobody else's", async () => {
    const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
    await store.save(record('ses_old', { createdAt: at(1) }));
    await store.save(record('ses_new', { createdAt: at(2) }));
    await store.save(record('ses_over'));
    await store.save(record('ses_other', { userId: 'usr_2' }));
    await store.save(record('ses_elsewhere', { tenantId: 'ten_2' }));
    await redis.del('snowflow:session:ses_over');
    expect((await store.list('ten_1', 'usr_1')).map(({ id }) => id)).toEqual(['ses_new', 'ses_old']);
    expect(await redis.scard('snowflow:sessions-of:ten_1|usr_1')).toBe(2);
    await store.remove('ses_new');
    await store.remove('ses_old');
    expect(await redis.exists('snowflow:sessions-of:ten_1|usr_1')).toBe(0);
  });

  it('keeps the list as long as the longest session', async () => {
    await store.save(record('ses_long'));
    await store.save(record('ses_short', {}, 5_000));
    expect(await redis.ttl('snowflow:sessions-of:ten_1|usr_1')).toBeGreaterThan(3_500);
  });
});
