import type { Redis } from 'ioredis';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';

const keyOf = (sessionId: string) => `snowflow:session:${sessionId}`;

/**
 * Sign-ins in Redis. Auth writes them; gateway, catalog and workflow read them. A session that is not here is over:
 * deleting the record is what makes every token of it die at once.
 */
export class SessionStore {
  constructor(private readonly redis: Redis) {}

  async find(sessionId: string): Promise<SessionRecord | undefined> {
    const text = await this.redis.get(keyOf(sessionId));
    return text === null ? undefined : (JSON.parse(text) as SessionRecord);
  }

  /** Writes a new record; it goes by itself `idleSeconds` after the last write, and never outlives `expiresAt`. */
  async save(record: SessionRecord, idleSeconds: number): Promise<void> {
    await this.redis.set(keyOf(record.id), JSON.stringify(record), 'EX', secondsLeft(record, idleSeconds));
  }

  /** Writes a record anew only where it still is, so that a late change never brings back a session that was ended; answers false then. */
  async update(record: SessionRecord, idleSeconds: number): Promise<boolean> {
    const left = secondsLeft(record, idleSeconds);
    return (await this.redis.set(keyOf(record.id), JSON.stringify(record), 'EX', left, 'XX')) === 'OK';
  }

  /** Answers false where it was already gone. */
  async remove(sessionId: string): Promise<boolean> {
    return (await this.redis.del(keyOf(sessionId))) === 1;
  }
}

function secondsLeft(record: SessionRecord, idleSeconds: number): number {
  const leftSeconds = Math.ceil((Date.parse(record.expiresAt) - Date.now()) / 1000);
  return Math.max(1, Math.min(idleSeconds, leftSeconds));
}
