import type { Redis } from 'ioredis';
import { createHash, randomBytes } from 'node:crypto';

const SHAPE = /^(ses_[A-Za-z0-9]{16,40})\.[A-Za-z0-9_-]{43}$/;
const keyOf = (sessionId: string) => `snowflow:refresh:${sessionId}`;
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');

/** Compare and swap, or end the family: one script, so of two who present the same token one is always the second. */
const ROTATE = `
local current = redis.call('GET', KEYS[1])
if not current then return 'unknown' end
if current ~= ARGV[1] then
  redis.call('DEL', KEYS[1])
  return 'reused'
end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 'rotated'`;

export type Rotation = { state: 'rotated'; token: string } | { state: 'unknown' } | { state: 'reused' };

/**
 * Refresh tokens: `<session id>.<256 random bits>`, one family for each session. Redis holds only the hash of the family's newest; any
 * other token of a living family was used before, by whoever should not have it.
 */
export class RefreshTokens {
  constructor(private readonly redis: Redis) {}

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

  /** What `rotate` would find, without taking the token. */
  async stateOf(sessionId: string, token: string): Promise<'current' | 'other' | 'unknown'> {
    const current = await this.redis.get(keyOf(sessionId));
    if (current === null) return 'unknown';
    return current === hashOf(token) ? 'current' : 'other';
  }

  /** Takes a token for a new one. A token that was taken before ends the family. */
  async rotate(sessionId: string, token: string, lifeSeconds: number): Promise<Rotation> {
    const next = newToken(sessionId);
    const state = await this.redis.eval(ROTATE, 1, keyOf(sessionId), hashOf(token), hashOf(next), lifeSeconds);
    if (state === 'rotated') return { state, token: next };
    return { state: state === 'reused' ? 'reused' : 'unknown' };
  }

  async revoke(sessionId: string): Promise<void> {
    await this.redis.del(keyOf(sessionId));
  }
}

function newToken(sessionId: string): string {
  return `${sessionId}.${randomBytes(32).toString('base64url')}`;
}
