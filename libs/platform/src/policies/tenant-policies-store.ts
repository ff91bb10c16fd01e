import { NO_POLICIES, type TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import type { Redis } from 'ioredis';
import { answeredWithin } from '../redis/answered-within';

const keyOf = (tenantId: string) => `snowflow:tenant:${tenantId}:policies`;

/** Of two who write at once the newer version stays. ARGV: the policies, their version. */
const SAVE = `
local text = redis.call('GET', KEYS[1])
if text and cjson.decode(text).version >= tonumber(ARGV[2]) then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
return 1`;

/** A copy of each tenant's policies where those who enforce them can read it quickly. Auth writes it from its database, where they are kept. */
export class TenantPoliciesStore {
  constructor(private readonly redis: Redis) {}

  /** Undefined where there is no copy, which does not say that there are no policies. */
  async find(tenantId: string): Promise<TenantPolicies | undefined> {
    const text = await answeredWithin(this.redis.get(keyOf(tenantId)));
    return text === null ? undefined : { ...NO_POLICIES, ...(JSON.parse(text) as TenantPolicies) };
  }

  async save(tenantId: string, policies: TenantPolicies): Promise<void> {
    await this.redis.eval(SAVE, 1, keyOf(tenantId), JSON.stringify(policies), policies.version);
  }
}
