import { Inject, Injectable } from '@nestjs/common';
import type { ApiKeyIdentity } from '@snowflow/contracts/auth/api-keys.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { goneKeyOf } from '@snowflow/contracts/published/gone-key';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';
import { CALLS_PER_MINUTE } from '../tokens';

const MINUTE_S = 60;
const DAY_S = 86_400;

/**
 * Whether the key still is one, and whether one more call fits: nothing is counted where it does not. KEYS: the mark of a gone key, calls
 * of the tenant and of the key this minute, of the key today. ARGV: their three limits (0: none), and whether it counts for the day.
 */
const ADMIT = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 1 end
for place = 2, 4 do
  local limit = tonumber(ARGV[place - 1])
  if limit > 0 and (place < 4 or ARGV[4] == '1') and tonumber(redis.call('GET', KEYS[place]) or '0') >= limit then return place end
end
redis.call('INCR', KEYS[2])
redis.call('EXPIRE', KEYS[2], 120)
if tonumber(ARGV[2]) > 0 then redis.call('INCR', KEYS[3]); redis.call('EXPIRE', KEYS[3], 120) end
if tonumber(ARGV[3]) > 0 and ARGV[4] == '1' then redis.call('INCR', KEYS[4]); redis.call('EXPIRE', KEYS[4], 90000) end
return 0`;

/** By what calls are counted. */
type CountedCaller = Pick<ApiKeyIdentity, 'id' | 'tenantId' | 'limits' | 'name'>;

/** Counts the requests of keys and of their tenants, over all gateways, in one exchange with Redis. */
@Injectable()
export class CallCounts {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CALLS_PER_MINUTE) private readonly ofTenant: number,
  ) {}

  /** Throws UNAUTHENTICATED where the key was revoked a moment ago, THROTTLED and KEY_LIMIT_REACHED. `isCall`: it counts for the day. */
  async admit(hash: string, { id, tenantId, limits, name }: CountedCaller, isCall: boolean): Promise<void> {
    const seconds = Math.floor(Date.now() / 1000);
    const [minute, day] = [Math.floor(seconds / MINUTE_S), Math.floor(seconds / DAY_S)];
    const keys = [
      goneKeyOf(hash),
      `snowflow:calls-of-tenant:${tenantId}:${minute}`,
      `snowflow:calls-of-key:${id}:m${minute}`,
      `snowflow:calls-of-key:${id}:d${day}`,
    ];
    const most = [this.ofTenant, limits.callsPerMinute ?? 0, limits.callsPerDay ?? 0];
    const refused = await this.redis.eval(ADMIT, keys.length, ...keys, ...most, isCall ? '1' : '0');
    if (refused === 0) return;
    if (refused === 1) throw new AppError('UNAUTHENTICATED', 'The API key was revoked or rotated. Use the new one.');
    if (refused === 4) {
      throw new AppError('KEY_LIMIT_REACHED', `The API key “${name}” has used up its calls of today.`, {
        retryAfterSeconds: DAY_S - (seconds % DAY_S),
      });
    }
    const whose = refused === 2 ? 'All keys of the tenant together' : `The API key “${name}”`;
    throw new AppError('THROTTLED', `${whose} called too often in a minute. Wait a little.`, {
      retryAfterSeconds: MINUTE_S - (seconds % MINUTE_S),
    });
  }
}
