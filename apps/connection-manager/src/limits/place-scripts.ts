import { LuaScript } from '../redis/lua-script';
import { NOW } from '../redis/redis-now';

/**
 * - `taken`: the statement has its place
 * - `line`: all are taken, or others wait already; it has joined the line
 * - `full`, `session-full`: asked again from the line, there is still none in the tenant, in its session
 * - `refused`: the line is full too
 */
export type PlaceVerdict = 'taken' | 'line' | 'full' | 'session-full' | 'refused';

/** `new` goes behind those who wait, `short` past them, `line` has waited itself. */
export type Arrival = 'new' | 'short' | 'line';

/**
 * `takePlace(sessionPlaces, tenantPlaces, waiting, id, from)` for scripts; `from` is where in ARGV stand: arrival, lease ms, places of
 * the session, places of the tenant, length of the line, ms in the line. Places whose lease ran out are free.
 */
export const TAKE_PLACE = `
local function takePlace(sessionPlaces, tenantPlaces, waiting, id, from)
  local arrival, lease = ARGV[from], tonumber(ARGV[from + 1])
  local held = redis.call('ZSCORE', sessionPlaces, id)
  if not held then
    for _, key in ipairs({sessionPlaces, tenantPlaces, waiting}) do redis.call('ZREMRANGEBYSCORE', key, '-inf', now) end
    local sessionFull = redis.call('ZCARD', sessionPlaces) >= tonumber(ARGV[from + 2])
    local full = sessionFull or redis.call('ZCARD', tenantPlaces) >= tonumber(ARGV[from + 3])
    if arrival == 'new' and not full then full = redis.call('ZCARD', waiting) > 0 end
    if full and arrival == 'line' then return sessionFull and 'session-full' or 'full' end
    if full then
      if redis.call('ZCARD', waiting) >= tonumber(ARGV[from + 4]) then return 'refused' end
      redis.call('ZADD', waiting, now + ARGV[from + 5], id)
      redis.call('PEXPIRE', waiting, 3600000)
      return 'line'
    end
    if arrival == 'line' then redis.call('ZREM', waiting, id) end
  end
  for _, key in ipairs({sessionPlaces, tenantPlaces}) do
    redis.call('ZADD', key, now + lease, id)
    redis.call('PEXPIRE', key, 172800000)
  end
  return 'taken'
end
`;

/** KEYS: places of the session, places of the tenant, waiting. ARGV: id, then as `takePlace`. */
export const takePlace = new LuaScript<PlaceVerdict>(`${NOW}${TAKE_PLACE}
return takePlace(KEYS[1], KEYS[2], KEYS[3], ARGV[1], 2)
`);

/** KEYS: places of the session, places of the tenant, waiting. ARGV: id. */
export const leavePlace = new LuaScript<number>(`
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])
return redis.call('ZREM', KEYS[1], ARGV[1])
`);

/** The session is over. KEYS: places of the session, places of the tenant. */
export const leaveAllPlaces = new LuaScript<number>(`
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do redis.call('ZREM', KEYS[2], id) end
return redis.call('DEL', KEYS[1])
`);

/** How many places are held and how many wait. KEYS: places of the tenant, waiting. */
export const countPlaces = new LuaScript<[held: number, waiting: number]>(`${NOW}
return {redis.call('ZCOUNT', KEYS[1], now, '+inf'), redis.call('ZCOUNT', KEYS[2], now, '+inf')}
`);
