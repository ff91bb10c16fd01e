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

  /** Writes the whole record; it goes by itself `idleSeconds` after the last write or touch, and never outlives `expiresAt`. */
  async save(record: SessionRecord, idleSeconds: number): Promise<void> {
    const leftSeconds = Math.ceil((Date.parse(record.expiresAt) - Date.now()) / 1000);
    await this.redis.set(
      keyOf(record.id),
      JSON.stringify(record),
      'EX',
      Math.max(1, Math.min(idleSeconds, leftSeconds)),
    );
  }

  /** Answers false where it was already gone. */
  async remove(sessionId: string): Promise<boolean> {
    return (await this.redis.del(keyOf(sessionId))) === 1;
  }
}
