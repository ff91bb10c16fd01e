import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Redis } from 'ioredis';

const WINDOW_MS = 60_000;
/** A sign-in that never reports back (its gateway died) stops counting as under way after this. */
const UNDER_WAY_MS = 30_000;
/** Sign-ins under way at once, as a multiple of the failures allowed: a burst must not outrun its own failures. */
const BURST = 4;

const BEGIN = `
local failed = tonumber(redis.call('GET', KEYS[1]) or '0')
local underWay = tonumber(redis.call('GET', KEYS[2]) or '0')
local limit = tonumber(ARGV[1])
if tonumber(redis.call('GET', KEYS[3]) or '0') >= tonumber(ARGV[4]) then return redis.call('PTTL', KEYS[3]) end
if failed >= limit then return redis.call('PTTL', KEYS[1]) end
if failed + underWay >= limit * tonumber(ARGV[2]) then return 1000 end
redis.call('INCR', KEYS[2])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return 0`;

const END = `
if tonumber(redis.call('GET', KEYS[2]) or '0') > 0 then redis.call('DECR', KEYS[2]) end
local key = ARGV[1] == '1' and KEYS[1] or KEYS[3]
if redis.call('INCR', key) == 1 then redis.call('PEXPIRE', key, ARGV[2]) end
return 0`;

/** Counts sign-ins a minute and client address, over all gateways: few may fail, and many more succeed. */
export class FailedConnects {
  constructor(
    private readonly redis: Redis,
    private readonly limitPerMinute: number,
    private readonly successesPerMinute: number,
  ) {}

  /** Runs a sign-in unless the address has failed too often; throws THROTTLED then. */
  async attempt<Reply>(address: string, signIn: () => Promise<Reply>): Promise<Reply> {
    const keys = [
      `snowflow:connects:{${address}}:failed`,
      `snowflow:connects:{${address}}:under-way`,
      `snowflow:connects:{${address}}:succeeded`,
    ] as const;
    const waitMs = Number(
      await this.redis.eval(BEGIN, 3, ...keys, this.limitPerMinute, BURST, UNDER_WAY_MS, this.successesPerMinute),
    );
    if (waitMs !== 0) {
      throw new AppError('THROTTLED', 'Too many sign-ins from this address. Wait a minute.', {
        retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
      });
    }
    // What cannot be counted stops being under way by itself; it takes nobody's answer away.
    const end = (failures: '0' | '1') => this.redis.eval(END, 3, ...keys, failures, WINDOW_MS).catch(() => undefined);
    try {
      const reply = await signIn();
      await end('0');
      return reply;
    } catch (error) {
      await end('1');
      throw error;
    }
  }
}
