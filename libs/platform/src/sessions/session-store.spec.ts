import { Redis } from 'ioredis';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { SessionStore } from './session-store';

const HOUR_MS = 3_600_000;

const record = (id: string, leftMs = HOUR_MS): SessionRecord => ({
  id,
  tenantId: 'ten_1',
  userId: 'usr_1',
  account: 'demo',
  username: 'DEMO',
  authenticator: 'password',
  appRole: 'owner',
  context: { role: 'ANALYST', secondaryRoles: 'NONE', warehouse: null, database: null, schema: null },
  version: 1,
  idleSeconds: 3_600,
  client: 'API client',
  lastSeenAt: new Date().toISOString(),
  createdAt: new Date().toISOString(),
  expiresAt: new Date(Date.now() + leftMs).toISOString(),
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

  const secondsLeft = async () => redis.ttl((await redis.keys('*'))[0] as string);
  beforeEach(() => redis.flushall());

  it('finds what was saved and nothing else', async () => {
    const saved = record('ses_1');
    await store.save(saved, 60);
    expect(await store.find('ses_1')).toEqual(saved);
    expect(await store.find('ses_2')).toBeUndefined();
  });

  it('forgets a session that is idle, and none outlives its end', async () => {
    await store.save(record('ses_1'), 60);
    expect(await secondsLeft()).toBe(60);
    await store.save(record('ses_1', 5_000), 60);
    expect(await secondsLeft()).toBe(5);
  });

  it('changes a session only while it is there', async () => {
    await store.save(record('ses_1'), 60);
    expect(await store.update({ ...record('ses_1'), appRole: 'viewer' }, 60)).toBe(true);
    expect(await store.find('ses_1')).toMatchObject({ appRole: 'viewer' });
    expect([await store.remove('ses_1'), await store.remove('ses_1')]).toEqual([true, false]);
    expect(await store.update(record('ses_1'), 60)).toBe(false);
    expect(await store.find('ses_1')).toBeUndefined();
  });
});
