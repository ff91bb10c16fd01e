import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { leaveAllPlaces } from '../limits/place-scripts';
import { isFree } from './context-scripts';
import { LiveSessions } from './live-sessions';
import { SealedSessionRepository, type SessionRef } from './sealed-session.repository';
import { SessionAccess } from './session-access';
import { sessionKeys, tenantKeys } from './session-keys';
import { SessionProtocol } from './session-protocol';

const memberOf = ({ tenantId, sessionId }: SessionRef) => `${tenantId}|${sessionId}`;

/** Ends sessions in Snowflake. Nothing else does: evicting, stopping and timing out leave them open. */
@Injectable()
export class SessionCloser {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly access: SessionAccess,
    private readonly repository: SealedSessionRepository,
    private readonly protocol: SessionProtocol,
    private readonly live: LiveSessions,
  ) {}

  /** Remembers that the session is to end with its last statement, should the replica that sees it end be gone. */
  async remember(ref: SessionRef): Promise<void> {
    await this.redis.sadd(sessionKeys.closing, memberOf(ref));
  }

  async remembered(): Promise<SessionRef[]> {
    const members = await this.redis.smembers(sessionKeys.closing);
    return members.map((member) => {
      const [tenantId = '', sessionId = ''] = member.split('|');
      return { tenantId, sessionId };
    });
  }

  /** Ends a remembered one where nothing runs and no run holds it; answers whether it did. */
  async endIfDone(ref: SessionRef): Promise<boolean> {
    const { sessionId } = ref;
    const keys = [sessionKeys.running(sessionId), sessionKeys.holds(sessionId)];
    if ((await isFree.run(this.redis, keys, [])) === 0) return false;
    await this.end(ref);
    return true;
  }

  async end(ref: SessionRef): Promise<void> {
    try {
      await this.access.use(ref, ({ endpoint, tokens }) => this.protocol.end(endpoint, tokens));
    } catch {
      // It had ended already, or Snowflake can't be asked: without its tokens it ends by itself.
    }
    const cached = this.live.get(ref.tenantId, ref.sessionId);
    if (cached) this.live.forget(cached);
    await this.repository.remove(ref);
    const { tenantId, sessionId } = ref;
    await leaveAllPlaces.run(this.redis, [sessionKeys.places(sessionId), tenantKeys.places(tenantId)], []);
    await this.redis.del(sessionKeys.holds(sessionId), sessionKeys.live(sessionId));
    await this.redis.srem(sessionKeys.closing, memberOf(ref));
  }
}
