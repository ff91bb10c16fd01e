import { DEFAULT_TENANT_LIMITS, TenantLimits } from '@snowflow/contracts/sessions/tenant-limits';
import type { Redis } from 'ioredis';
import { answeredWithin } from '../redis/answered-within';

const keyOf = (tenantId: string) => `snowflow:tenant:${tenantId}:limits`;

/** What each tenant may use, where those who enforce it can read it quickly. Auth writes it from the tenant's settings. */
export class TenantLimitsStore {
  constructor(private readonly redis: Redis) {}

  /** The defaults where the tenant has set none, and for what a limit set by an older version does not name. */
  async find(tenantId: string): Promise<TenantLimits> {
    const text = await answeredWithin(this.redis.get(keyOf(tenantId)));
    return text === null ? DEFAULT_TENANT_LIMITS : { ...DEFAULT_TENANT_LIMITS, ...(JSON.parse(text) as TenantLimits) };
  }

  async save(tenantId: string, limits: TenantLimits): Promise<void> {
    await this.redis.set(keyOf(tenantId), JSON.stringify(limits));
  }
}
