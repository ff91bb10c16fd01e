import { Redis } from 'ioredis';
import { NO_POLICIES } from '@snowflow/contracts/policies/tenant-policies';
import type { AppRole } from '@snowflow/contracts/sessions/session-record';
import { DurableRedis } from '@snowflow/testing/durable-redis';
import { PoliciesInForce } from './policies-in-force';
import { TenantPoliciesStore } from './tenant-policies-store';

jest.setTimeout(30_000);

describe('Policies in force', () => {
  const kept = { ...NO_POLICIES, version: 7 };
  const copied = { ...NO_POLICIES, version: 8 };
  let server: DurableRedis;
  let redis: Redis;
  let policies: PoliciesInForce;
  let appRole: AppRole | undefined;

  beforeAll(async () => {
    server = await DurableRedis.start();
    // As a worker has it: commands wait without end.
    redis = new Redis(server.url, { maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
    policies = new PoliciesInForce(
      new TenantPoliciesStore(redis),
      { policiesInForce: async () => kept },
      async () => appRole,
    );
  });
  afterAll(async () => {
    redis?.disconnect();
    await server?.stop();
  });

  it('are asked of auth where there is no copy, and read from the copy where there is one', async () => {
    await expect(policies.of('ten_1')).resolves.toEqual(kept);
    await new TenantPoliciesStore(redis).save('ten_1', copied);
    await expect(policies.of('ten_1')).resolves.toEqual(copied);
  });

  it('hold as they are for the app role, of whoever is no longer signed in as for a builder', async () => {
    const byRole = [
      { role: 'viewer' as const, models: ['small-*'] },
      { role: 'builder' as const, databases: ['DEMO'], models: null },
    ];
    const decided = { ...NO_POLICIES, version: 9, models: ['claude-*'], targets: ['OUT'], byRole };
    await new TenantPoliciesStore(redis).save('ten_2', decided);
    appRole = 'owner';
    await expect(policies.of('ten_2')).resolves.toEqual(decided);
    appRole = 'viewer';
    await expect(policies.of('ten_2')).resolves.toEqual({ ...decided, models: ['small-*'] });
    appRole = undefined;
    await expect(policies.of('ten_2')).resolves.toEqual({ ...decided, databases: ['DEMO'], models: null });
  });

  it('are asked of auth where Redis falls silent in the middle of reading the copy', async () => {
    server.freeze();
    await expect(policies.of('ten_1')).resolves.toEqual(kept);
    server.thaw();
  });
});
