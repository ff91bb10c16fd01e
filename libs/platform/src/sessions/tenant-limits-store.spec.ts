import { Redis } from 'ioredis';
import { DEFAULT_TENANT_LIMITS } from '@snowflow/contracts/sessions/tenant-limits';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { TenantLimitsStore } from './tenant-limits-store';

describe('The copy of the limits of a tenant', () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let redis: Redis;
  let limits: TenantLimitsStore;
  let tenantId: string;
  let tenants = 0;

  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
    limits = new TenantLimitsStore(redis);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });
  beforeEach(() => {
    tenants += 1;
    tenantId = `ten_${tenants}`;
  });

  const decided = (queueLength: number) => ({ ...DEFAULT_TENANT_LIMITS, queueLength });

  it('has defaults for what was not decided; without a copy nothing is known', async () => {
    expect(await limits.find(tenantId)).toBeUndefined();
    await limits.save(tenantId, 0, {});
    expect(await limits.find(tenantId)).toEqual(DEFAULT_TENANT_LIMITS);
    await limits.save(tenantId, 1, { queueLength: 3 });
    expect(await limits.find(tenantId)).toEqual(decided(3));
    expect(await limits.find('ten_other')).toBeUndefined();
  });

  it('is the newer one of two that are written at once', async () => {
    await limits.save(tenantId, 2, decided(2));
    await limits.save(tenantId, 1, decided(1));
    expect(await limits.find(tenantId)).toEqual(decided(2));
  });

  it('counts as gone from when a version is announced until that one is written', async () => {
    await limits.save(tenantId, 1, decided(1));
    await limits.announce(tenantId, 2);
    expect(await limits.find(tenantId)).toBeUndefined();
    // Whoever read the database before that version was kept.
    await limits.save(tenantId, 1, decided(1));
    expect(await limits.find(tenantId)).toBeUndefined();
    await limits.save(tenantId, 2, decided(2));
    expect(await limits.find(tenantId)).toEqual(decided(2));
    expect(await redis.ttl(`snowflow:tenant:${tenantId}:limits`)).toBe(-1);
  });

  it('is waited for no longer than a save takes that was never kept', async () => {
    await limits.announce(tenantId, 2);
    expect(await redis.ttl(`snowflow:tenant:${tenantId}:limits`)).toBeGreaterThan(0);
  });

  it('that an older version left without a number says nothing, and is replaced', async () => {
    await redis.set(`snowflow:tenant:${tenantId}:limits`, JSON.stringify(decided(1)));
    expect(await limits.find(tenantId)).toBeUndefined();
    await limits.save(tenantId, 0, {});
    expect(await limits.find(tenantId)).toEqual(DEFAULT_TENANT_LIMITS);
  });
});
