import { LuaScript } from '../redis/lua-script';

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** `go`: submit. `switch`: the caller alone may change the context. `drain`: the caller is next, others must end. `wait`: it is another's turn. */
export type Verdict =
  | ['ended' | 'closing']
  | ['go' | 'wait', version: string]
  | ['switch', version: string, actual: string]
  | ['drain', version: string, running: string[]];

/**
 * May a statement be submitted under a context? KEYS: record, state, running. ARGV: context, id, lease ms, turn ms.
 * The first who needs another context takes the turn; from then on nobody else is let in, so a switch is not starved. While it
 * switches, the context is on record as unknown: a crash there costs the next one a full switch, no more.
 */
export const enterContext = new LuaScript<Verdict>(`${NOW}
local version = redis.call('HGET', KEYS[1], 'version')
if not version then return {'ended'} end
local state = redis.call('HMGET', KEYS[2], 'context', 'actual', 'turn', 'turnUntil', 'closing')
if state[5] then return {'closing'} end
local taken = state[3] and tonumber(state[4]) > now
if taken and state[3] ~= ARGV[2] then return {'wait', version} end
if state[1] == ARGV[1] then
  if taken then redis.call('HDEL', KEYS[2], 'turn', 'turnUntil') end
  redis.call('HSET', KEYS[3], ARGV[2], (now + ARGV[3]) .. ':')
  redis.call('PEXPIRE', KEYS[3], 172800000)
  return {'go', version}
end
redis.call('HSET', KEYS[2], 'turn', ARGV[2], 'turnUntil', now + ARGV[4])
redis.call('PEXPIRE', KEYS[2], 172800000)
local running = redis.call('HGETALL', KEYS[3])
if #running > 0 then return {'drain', version, running} end
redis.call('HDEL', KEYS[2], 'context', 'actual')
return {'switch', version, state[2] or ''}
`);

/** The switch is done. KEYS: state, running. ARGV: id, context, actual, lease ms. Answers 0 where the turn was lost meanwhile. */
export const contextTaken = new LuaScript<number>(`${NOW}
if redis.call('HGET', KEYS[1], 'turn') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'context', ARGV[2], 'actual', ARGV[3])
redis.call('HDEL', KEYS[1], 'turn', 'turnUntil')
redis.call('HSET', KEYS[2], ARGV[1], (now + ARGV[4]) .. ':')
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
return redis.call('HSET', KEYS[1], ARGV[2], (now + ARGV[3]) .. ':' .. ARGV[1])
`);

/** Still running and watched. KEYS: running. ARGV: id, lease ms. */
export const extendLease = new LuaScript<number>(`${NOW}
local entry = redis.call('HGET', KEYS[1], ARGV[1])
if not entry then return 0 end
return redis.call('HSET', KEYS[1], ARGV[1], (now + ARGV[2]) .. string.sub(entry, string.find(entry, ':', 1, true), -1))
`);

/** Ended. KEYS: state, running. ARGV: id. Answers 1 where the session is to be closed now. */
export const leaveContext = new LuaScript<number>(`
redis.call('HDEL', KEYS[2], ARGV[1])
if redis.call('HGET', KEYS[1], 'closing') and redis.call('HLEN', KEYS[2]) == 0 then return 1 end
return 0
`);

/** What Snowflake last reported is not what is on record. KEYS: state. ARGV: context. */
export const forgetContext = new LuaScript<number>(`
if redis.call('HGET', KEYS[1], 'context') ~= ARGV[1] then return 0 end
return redis.call('HDEL', KEYS[1], 'context', 'actual')
`);

/** No statement is let in any more. KEYS: record, state, running. Answers how many may still be running, -1 where there is no session. */
export const beginClosing = new LuaScript<number>(`
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
redis.call('HSET', KEYS[2], 'closing', '1')
redis.call('PEXPIRE', KEYS[2], 172800000)
return redis.call('HLEN', KEYS[3])
`);
