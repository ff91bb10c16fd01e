import { Inject, Injectable } from '@nestjs/common';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ErrorCode } from '@snowflow/contracts/errors/error-codes';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { Redis } from 'ioredis';
import { inSession } from './in-session';

/** So long a check counts while Snowflake does not answer. */
const TRUSTED_SECONDS = 300;
const UNREACHABLE: readonly ErrorCode[] = [
  'SNOWFLAKE_UNAVAILABLE',
  'SNOWFLAKE_UNREACHABLE',
  'DEADLINE_EXCEEDED',
  'UNAVAILABLE',
  'OVERLOADED',
];
const keyOf = (sessionId: string) => `snowflow:live:${sessionId}`;

/** What a check found. `roles` is undefined where Snowflake could not be asked just now, but said yes a moment ago. */
export interface Liveness {
  roles: string[] | undefined;
  roleRevoked: boolean;
}

/** Whether Snowflake still lets sessions work. */
@Injectable()
export class LiveChecks {
  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /** Snowflake has just said yes: it let the person in. */
  async noteLive(sessionId: string): Promise<void> {
    await this.redis.set(keyOf(sessionId), '1', 'EX', TRUSTED_SECONDS);
  }

  /**
   * Throws SNOWFLAKE_SESSION_ENDED where it is over. While Snowflake can't be asked a session is taken for alive for five minutes after
   * the last check that succeeded; after them this throws why it can't be asked, and nothing is lost by trying again.
   */
  async check(record: SessionRecord): Promise<Liveness> {
    try {
      const liveness = await inSession(record, () => this.ask(record));
      await this.noteLive(record.id);
      return liveness;
    } catch (error) {
      const isUnreachable = error instanceof AppError && UNREACHABLE.includes(error.code);
      if (isUnreachable && (await this.redis.exists(keyOf(record.id))) === 1) {
        return { roles: undefined, roleRevoked: false };
      }
      throw error;
    }
  }

  private async ask({ context }: SessionRecord): Promise<Liveness> {
    try {
      const { roles } = await this.connections.checkLive({ context });
      return { roles, roleRevoked: false };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'ROLE_REVOKED') throw error;
      const { roles } = await this.connections.checkLive({ context: { ...context, role: null } });
      return { roles, roleRevoked: true };
    }
  }
}
