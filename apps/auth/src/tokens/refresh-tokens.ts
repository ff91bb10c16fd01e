import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { Redis } from 'ioredis';
import { createHash, randomBytes } from 'node:crypto';

/** So long a token that was taken is answered again with its successor: whoever asked may never have got the answer. */
const REPEAT_SECONDS = 60;
const SHAPE = /^(ses_[A-Za-z0-9]{16,40})\.[A-Za-z0-9_-]{43}$/;
const keyOf = (sessionId: string) => `snowflow:refresh:${sessionId}`;
const takenKeyOf = (sessionId: string) => `snowflow:refresh:${sessionId}:taken`;
const bindingOf = (sessionId: string) => `refresh|${sessionId}`;
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');

/**
 * Compare and swap, repeat, or end the family, in one script. KEYS: the hash of the newest; hash and sealed successor of the one before.
 * ARGV: hash of the presented, hash of the next, its life, the next sealed, how long it may be asked for again. Taking the successor
 * overwrites what is known of the one before, which ends its repetition.
 */
const ROTATE = `
local current = redis.call('GET', KEYS[1])
if not current then return {'unknown'} end
if current == ARGV[1] then
  redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
  redis.call('SET', KEYS[2], ARGV[1] .. ' ' .. ARGV[4], 'EX', ARGV[5])
  return {'rotated'}
end
local taken = redis.call('GET', KEYS[2])
if taken and string.sub(taken, 1, #ARGV[1] + 1) == ARGV[1] .. ' ' then
  redis.call('EXPIRE', KEYS[1], ARGV[3])
  return {'repeated', string.sub(taken, #ARGV[1] + 2)}
end
redis.call('DEL', KEYS[1], KEYS[2])
return {'reused'}`;

export type Rotation = { state: 'rotated'; token: string } | { state: 'unknown' } | { state: 'reused' };

/**
 * Refresh tokens: `<session id>.<256 random bits>`, one family for each session. Redis holds only the hash of the family's newest, and
 * for a minute the one before it, by its hash, with the newest sealed: a caller whose answer was lost asks again and gets the same one.
 * Any other token of a living family was used before, by whoever should not have it.
 */
export class RefreshTokens {
  constructor(
    private readonly redis: Redis,
    private readonly sealer: Sealer,
  ) {}

  /** The first token of a session. */
  async issue(sessionId: string, lifeSeconds: number): Promise<string> {
    const token = newToken(sessionId);
    await this.redis.set(keyOf(sessionId), hashOf(token), 'EX', lifeSeconds);
    return token;
  }

  /** The session a token speaks of, by its shape alone; undefined where it is no token of ours. */
  sessionOf(token: string): string | undefined {
    return SHAPE.exec(token)?.[1];
  }

  /** What `rotate` would find, without taking the token. `good`: the newest, or the one before it that may be asked for again. */
  async stateOf(sessionId: string, token: string): Promise<'good' | 'other' | 'unknown'> {
    const [current, taken] = await this.redis.mget(keyOf(sessionId), takenKeyOf(sessionId));
    if (current === null || current === undefined) return 'unknown';
    const hash = hashOf(token);
    return current === hash || taken?.startsWith(`${hash} `) ? 'good' : 'other';
  }

  /** Takes a token for a new one, or gives the same one again. Any other token that was taken before ends the family. */
  async rotate(sessionId: string, token: string, lifeSeconds: number): Promise<Rotation> {
    const next = newToken(sessionId);
    const keys = [keyOf(sessionId), takenKeyOf(sessionId)] as const;
    const sealed = this.sealer.seal(next, bindingOf(sessionId));
    const args = [hashOf(token), hashOf(next), lifeSeconds, sealed, REPEAT_SECONDS] as const;
    const [state, successor] = (await this.redis.eval(ROTATE, 2, ...keys, ...args)) as [string, string?];
    if (state === 'rotated') return { state, token: next };
    if (state === 'repeated' && successor) {
      return { state: 'rotated', token: this.sealer.open(successor, bindingOf(sessionId)) };
    }
    return { state: state === 'reused' ? 'reused' : 'unknown' };
  }

  async revoke(sessionId: string): Promise<void> {
    await this.redis.del(keyOf(sessionId), takenKeyOf(sessionId));
  }
}

function newToken(sessionId: string): string {
  return `${sessionId}.${randomBytes(32).toString('base64url')}`;
}
