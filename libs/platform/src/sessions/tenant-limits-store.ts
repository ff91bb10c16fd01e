import { DEFAULT_TENANT_LIMITS, TenantLimits } from '@snowflow/contracts/sessions/tenant-limits';
import type { Redis } from 'ioredis';
import { answeredWithin } from '../redis/answered-within';

const keyOf = (tenantId: string) => `snowflow:tenant:${tenantId}:limits`;

/** A save that has not ended by then counts as one that never will. */
const DUE_MS = 30_000;

/** What stands in Redis. A copy without a version is of an older SnowFlow, and says nothing. */
type Copy = Partial<TenantLimits> & { version?: number; isDue?: boolean };

/** Of two who write at once the newer version stays. ARGV: the copy, its version. */
const SAVE = `
local text = redis.call('GET', KEYS[1])
local held = text and cjson.decode(text) or {}
local version = held.version or -1
if version > tonumber(ARGV[2]) or (version == tonumber(ARGV[2]) and not held.isDue) then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
return 1`;

/** A copy of what each tenant may use, where those who enforce it can read it quickly. Auth writes it from its database, where it is kept. */
export class TenantLimitsStore {
  constructor(private readonly redis: Redis) {}

  /** Undefined where there is no copy, which does not say that the tenant has decided nothing. What it has not decided has its default. */
  async find(tenantId: string): Promise<TenantLimits | undefined> {
    const text = await answeredWithin(this.redis.get(keyOf(tenantId)));
    if (text === null) return undefined;
    const { version, isDue, ...limits } = JSON.parse(text) as Copy;
    return version === undefined || isDue ? undefined : { ...DEFAULT_TENANT_LIMITS, ...limits };
  }

  async save(tenantId: string, version: number, limits: Partial<TenantLimits>): Promise<void> {
    const copy: Copy = { ...limits, version };
    await this.redis.eval(SAVE, 1, keyOf(tenantId), JSON.stringify(copy), version);
  }

  /**
   * Before a version is kept: until it is saved here the copy counts as gone. So whoever dies between the database and Redis leaves no old copy.
   */
  async announce(tenantId: string, version: number): Promise<void> {
    const copy: Copy = { version, isDue: true };
    await this.redis.set(keyOf(tenantId), JSON.stringify(copy), 'PX', DUE_MS);
  }
}
