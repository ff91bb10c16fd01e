import type { Redis } from 'ioredis';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';

const keyOf = (sessionId: string) => `snowflow:session:${sessionId}`;
const indexOf = (tenantId: string, userId: string) => `snowflow:sessions-of:${tenantId}|${userId}`;

/** What may change while a session lives. */
export type SessionChanges = Partial<
  Pick<SessionRecord, 'appRole' | 'context' | 'idleSeconds' | 'lastSeenAt' | 'expiresAt'>
>;

/**
 * Writes only what changes, so that of two who change different things at once neither undoes the other, and only where the record
 * still is, so that a late change never brings back a session that was ended. ARGV: changes, 1 to count the version up, and the seconds
 * it now has left, or 0 where that stays.
 */
const CHANGE = `
local text = redis.call('GET', KEYS[1])
if not text then return false end
local record = cjson.decode(text)
for name, value in pairs(cjson.decode(ARGV[1])) do record[name] = value end
if ARGV[2] == '1' then record.version = (record.version or 0) + 1 end
local changed = cjson.encode(record)
if tonumber(ARGV[3]) > 0 then
  redis.call('SET', KEYS[1], changed, 'EX', ARGV[3])
else
  redis.call('SET', KEYS[1], changed, 'KEEPTTL')
end
return changed`;

/** The index lives as long as the session that lives longest. */
const SAVE = `
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
redis.call('SADD', KEYS[2], ARGV[3])
if redis.call('TTL', KEYS[2]) < tonumber(ARGV[4]) then redis.call('EXPIRE', KEYS[2], ARGV[4]) end`;

/**
 * Sign-ins in Redis, with an index for each person. Auth writes them; gateway, catalog and workflow read them. A session that is not
 * here is over: deleting the record is what makes every token of it die at once.
 */
export class SessionStore {
  constructor(private readonly redis: Redis) {}

  async find(sessionId: string): Promise<SessionRecord | undefined> {
    const text = await this.redis.get(keyOf(sessionId));
    return text === null ? undefined : (JSON.parse(text) as SessionRecord);
  }

  /** A person's living sessions, the newest first. */
  async list(tenantId: string, userId: string): Promise<SessionRecord[]> {
    const ids = await this.redis.smembers(indexOf(tenantId, userId));
    if (ids.length === 0) return [];
    const texts = await this.redis.mget(ids.map(keyOf));
    const over = ids.filter((_, index) => texts[index] === null);
    if (over.length > 0) await this.redis.srem(indexOf(tenantId, userId), over);
    return texts
      .filter((text) => text !== null && text !== undefined)
      .map((text) => JSON.parse(text) as SessionRecord)
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  /** Writes a new record; it goes by itself when it is idle for so long, and never outlives `expiresAt`. */
  async save(record: SessionRecord, idleSeconds = record.idleSeconds): Promise<void> {
    const index = indexOf(record.tenantId, record.userId);
    const idle = secondsLeft(record.expiresAt, idleSeconds);
    const longest = secondsLeft(record.expiresAt, Infinity);
    await this.redis.eval(SAVE, 2, keyOf(record.id), index, JSON.stringify(record), idle, record.id, longest);
  }

  /** Changes a living session, but not when it ends; answers what it is then, or undefined where it is over. */
  change(sessionId: string, changes: SessionChanges): Promise<SessionRecord | undefined> {
    return this.write(sessionId, changes, { bump: false, left: 0 });
  }

  /** Changes a living session because its person was seen: it is no longer idle. */
  touch(
    sessionId: string,
    changes: SessionChanges & Pick<SessionRecord, 'idleSeconds' | 'expiresAt'>,
  ): Promise<SessionRecord | undefined> {
    return this.write(sessionId, changes, { bump: false, left: secondsLeft(changes.expiresAt, changes.idleSeconds) });
  }

  /** Changes the rights of a living session: its access tokens are refused from now on and must be refreshed. */
  changeRights(
    sessionId: string,
    changes: Required<Pick<SessionChanges, 'appRole'>>,
  ): Promise<SessionRecord | undefined> {
    return this.write(sessionId, changes, { bump: true, left: 0 });
  }

  /** Every access token of the session is refused from now on; what is left of it is to be put in order and removed. */
  async endTokens(sessionId: string): Promise<void> {
    await this.write(sessionId, {}, { bump: true, left: 0 });
  }

  /** Answers false where it was already gone. */
  async remove(sessionId: string): Promise<boolean> {
    const text = await this.redis.getdel(keyOf(sessionId));
    if (text === null) return false;
    const { tenantId, userId } = JSON.parse(text) as SessionRecord;
    await this.redis.srem(indexOf(tenantId, userId), sessionId);
    return true;
  }

  private async write(
    sessionId: string,
    changes: SessionChanges,
    { bump, left }: { bump: boolean; left: number },
  ): Promise<SessionRecord | undefined> {
    const text = await this.redis.eval(CHANGE, 1, keyOf(sessionId), JSON.stringify(changes), bump ? '1' : '0', left);
    return typeof text === 'string' ? (JSON.parse(text) as SessionRecord) : undefined;
  }
}

function secondsLeft(expiresAt: string, idleSeconds: number): number {
  const leftSeconds = Math.ceil((Date.parse(expiresAt) - Date.now()) / 1000);
  return Math.max(1, Math.min(idleSeconds, leftSeconds));
}
