import { TAKE_PLACE } from '../limits/place-scripts';
import { LuaScript } from '../redis/lua-script';
import { NOW } from '../redis/redis-now';

/** So long after a switch those who waited for the same context are let in before the next. */
const FOLLOW_MS = 40;

/**
 * `go`: submit; `live` are the granted roles as last heard, empty where Snowflake is to be asked. `switch`: the caller alone may change
 * the context. `drain`: the caller is next, others must end. `wait`: it is another's turn. `line` and `refused`: of its place. `fenced`:
 * it must not be sent any more.
 */
export type Verdict =
  | ['ended' | 'closing' | 'fenced']
  | ['line' | 'refused']
  | ['go', version: string, live: string]
  | ['wait', version: string]
  | ['switch', version: string, actual: string, live: string]
  | ['drain', version: string, running: string[]];

/**
 * May a statement be submitted under a context? KEYS: record, state, running, holds, places of the session, places of the tenant,
 * waiting, live, fence of the request. ARGV: context, id, lease ms, turn ms, run id, then as `takePlace`.
 * Its place comes first and is kept while it waits for its context. Then the first who needs another context takes the turn; from then
 * on nobody else is let in, so a switch is not starved; only in the first moment after a switch those who waited for the same context
 * still follow, so that many who change it in turns do not go one by one. While it switches, the context is on record as unknown: a crash there costs
 * the next one a full switch, no more.
 */
export const enterContext = new LuaScript<Verdict>(`${NOW}${TAKE_PLACE}
local version = redis.call('HGET', KEYS[1], 'version')
if not version then return {'ended'} end
if redis.call('EXISTS', KEYS[9]) == 1 then return {'fenced'} end
local state = redis.call('HMGET', KEYS[2], 'context', 'actual', 'turn', 'turnUntil', 'closing', 'takenAt')
if state[5] and tonumber(redis.call('ZSCORE', KEYS[4], ARGV[5]) or '0') <= now then return {'closing'} end
local place = takePlace(KEYS[5], KEYS[6], KEYS[7], ARGV[2], 6)
if place ~= 'taken' then return {place} end
local taken = state[3] and tonumber(state[4]) > now
local follows = state[1] == ARGV[1] and now < tonumber(state[6] or '0') + ${FOLLOW_MS}
local isOthers = taken and state[3] ~= ARGV[2]
if isOthers and not follows then return {'wait', version} end
local live = redis.call('GET', KEYS[8]) or ''
if state[1] == ARGV[1] then
  if taken and not isOthers then redis.call('HDEL', KEYS[2], 'turn', 'turnUntil') end
  redis.call('HSET', KEYS[3], ARGV[2], (now + ARGV[3]) .. ':')
  redis.call('PEXPIRE', KEYS[3], 172800000)
  return {'go', version, live}
end
redis.call('HSET', KEYS[2], 'turn', ARGV[2], 'turnUntil', now + ARGV[4])
redis.call('PEXPIRE', KEYS[2], 172800000)
local running = redis.call('HGETALL', KEYS[3])
if #running > 0 then return {'drain', version, running} end
redis.call('HDEL', KEYS[2], 'context', 'actual')
return {'switch', version, state[2] or '', live}
`);

/** The switch is done. KEYS: state, running. ARGV: id, context, actual, lease ms. Answers 0 where the turn was lost meanwhile. */
export const contextTaken = new LuaScript<number>(`${NOW}
if redis.call('HGET', KEYS[1], 'turn') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'context', ARGV[2], 'actual', ARGV[3], 'takenAt', now)
redis.call('HDEL', KEYS[1], 'turn', 'turnUntil')
redis.call('HSET', KEYS[2], ARGV[1], (now + ARGV[4]) .. ':')
redis.call('PEXPIRE', KEYS[2], 172800000)
return 1
`);

/** KEYS: state. ARGV: id. */
export const giveUpTurn = new LuaScript<number>(`
if redis.call('HGET', KEYS[1], 'turn') ~= ARGV[1] then return 0 end
return redis.call('HDEL', KEYS[1], 'turn', 'turnUntil')
`);

/** The statement has its query id: from now on it is known by it. KEYS: running. ARGV: request id, query id, lease ms. */
export const learnQueryId = new LuaScript<number>(`${NOW}
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], ARGV[2], (now + ARGV[3]) .. ':' .. ARGV[1])
-- The last entry took the hash with it, and its end.
return redis.call('PEXPIRE', KEYS[1], 172800000)
`);

/** The id under which an entry of the running statements holds its place: its request id. */
const PLACE_OF = `
local function placeOf(running, id)
  local entry = redis.call('HGET', running, id)
  local requestId = entry and string.sub(entry, string.find(entry, ':', 1, true) + 1, -1)
  if requestId and requestId ~= '' then return entry, requestId end
  return entry, id
end
`;

/** Still running and watched. KEYS: running, places of the session, places of the tenant. ARGV: id, lease ms. */
export const extendLease = new LuaScript<number>(`${NOW}${PLACE_OF}
local entry, place = placeOf(KEYS[1], ARGV[1])
if not entry then return 0 end
for _, key in ipairs({KEYS[2], KEYS[3]}) do
  redis.call('ZADD', key, now + ARGV[2], place)
  redis.call('PEXPIRE', key, 172800000)
end
return redis.call('HSET', KEYS[1], ARGV[1], (now + ARGV[2]) .. string.sub(entry, string.find(entry, ':', 1, true), -1))
`);

/** Whether a session that closes has come to its end: nothing runs, and no run holds it any more. */
const IS_DONE = `
local function isFree(running, holds)
  return redis.call('HLEN', running) == 0 and redis.call('ZCOUNT', holds, now, '+inf') == 0
end
local function isDone(state, running, holds)
  return redis.call('HGET', state, 'closing') and isFree(running, holds) and 1 or 0
end
`;

/** Ended. KEYS: state, running, holds, places of the session, places of the tenant. ARGV: id. Answers 1 where the session is to be closed now. */
export const leaveContext = new LuaScript<number>(`${NOW}${PLACE_OF}${IS_DONE}
local _, place = placeOf(KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[4], place)
redis.call('ZREM', KEYS[5], place)
return isDone(KEYS[1], KEYS[2], KEYS[3])
`);

/** Of a session that is remembered as closing. KEYS: running, holds. Answers 1 where nothing keeps it open. */
export const isFree = new LuaScript<number>(`${NOW}${IS_DONE}
return isFree(KEYS[1], KEYS[2]) and 1 or 0
`);

/** What Snowflake last reported is not what is on record. KEYS: state. ARGV: context. */
export const forgetContext = new LuaScript<number>(`
if redis.call('HGET', KEYS[1], 'context') ~= ARGV[1] then return 0 end
return redis.call('HDEL', KEYS[1], 'context', 'actual')
`);

/**
 * No statement is let in any more but those of runs that hold the session. KEYS: record, state, running, holds. Answers how much keeps
 * it open, -1 where there is no session.
 */
export const beginClosing = new LuaScript<number>(`${NOW}
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
redis.call('HSET', KEYS[2], 'closing', '1')
redis.call('PEXPIRE', KEYS[2], 172800000)
return redis.call('HLEN', KEYS[3]) + redis.call('ZCOUNT', KEYS[4], now, '+inf')
`);

/** A run holds the session for so long. KEYS: record, holds. ARGV: run id, lease ms. Answers 0 where there is no session any more. */
export const holdSession = new LuaScript<number>(`${NOW}
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[2], 172800000)
return 1
`);

/** The run has ended. KEYS: state, running, holds. ARGV: run id. Answers 1 where the session is to be closed now. */
export const releaseSession = new LuaScript<number>(`${NOW}${IS_DONE}
redis.call('ZREM', KEYS[3], ARGV[1])
return isDone(KEYS[1], KEYS[2], KEYS[3])
`);
