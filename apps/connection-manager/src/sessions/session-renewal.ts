import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Endpoint } from '../accounts/endpoint';
import { SnowflakeFailure } from '../driver/snowflake-failure';
import { sessionEnded, toAppError } from '../errors/to-app-error';
import { underLease } from '../redis/lease';
import {
  SealedSessionRepository,
  type SessionRef,
  type StoredSession,
  type VersionedSession,
} from './sealed-session.repository';
import { sessionKeys } from './session-keys';
import { SessionProtocol } from './session-protocol';
import { SessionRebirth } from './session-rebirth';

const PATIENCE_MS = 20_000;
const LOOK_AGAIN_MS = 15;

/**
 * Renews session tokens for all replicas at once: one holds the lease, asks Snowflake and writes the new version; the others wait for
 * it. The old token may die the moment a new one is issued, so nobody renews on its own.
 */
@Injectable()
export class SessionRenewal {
  private readonly underWay = new Map<string, Promise<VersionedSession>>();

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly repository: SealedSessionRepository,
    private readonly protocol: SessionProtocol,
    private readonly rebirth: SessionRebirth,
  ) {}

  /** A version newer than `staleVersion`, renewed here or by another replica. Throws SNOWFLAKE_SESSION_ENDED. */
  newerThan(ref: SessionRef, endpoint: Endpoint, staleVersion: number): Promise<VersionedSession> {
    const running = this.underWay.get(ref.sessionId);
    if (running)
      return running.then((found) =>
        found.version > staleVersion ? found : this.newerThan(ref, endpoint, staleVersion),
      );
    const renewal = this.renew(ref, endpoint, staleVersion).finally(() => this.underWay.delete(ref.sessionId));
    this.underWay.set(ref.sessionId, renewal);
    return renewal;
  }

  private async renew(ref: SessionRef, endpoint: Endpoint, staleVersion: number): Promise<VersionedSession> {
    const lease = sessionKeys.renewal(ref.sessionId);
    const giveUpAtMs = Date.now() + PATIENCE_MS;
    for (;;) {
      const stored = await this.repository.find(ref);
      if (!stored) throw sessionEnded();
      if (stored.version > staleVersion) return stored;
      const renewed = await underLease(this.redis, lease, () => this.renewUnderLease(ref, endpoint, staleVersion));
      if (renewed) return renewed.result;
      if (Date.now() > giveUpAtMs)
        throw new AppError('SNOWFLAKE_UNAVAILABLE', 'The Snowflake session could not be renewed.');
      await pause(LOOK_AGAIN_MS);
    }
  }

  private async renewUnderLease(ref: SessionRef, endpoint: Endpoint, staleVersion: number): Promise<VersionedSession> {
    const stored = await this.repository.find(ref);
    if (!stored) throw sessionEnded();
    if (stored.version > staleVersion) return stored;
    const renewed = await this.renewed(ref, endpoint, stored);
    const version = await this.repository.replace(ref, renewed, stored.version);
    if (version !== undefined) return { ...renewed, version };
    // The lease was lost meanwhile, as with Redis, and another replica wrote: its tokens are the newer ones.
    const newer = await this.repository.find(ref);
    if (!newer) throw sessionEnded();
    return newer;
  }

  private async renewed(ref: SessionRef, endpoint: Endpoint, stored: VersionedSession): Promise<StoredSession> {
    try {
      return { ...stored, tokens: await this.protocol.renew(endpoint, stored.tokens) };
    } catch (error) {
      const isOver = error instanceof SnowflakeFailure && error.kind !== 'unreachable';
      if (!isOver) throw toAppError(error);
      return this.rebirth.of(ref, endpoint, stored);
    }
  }
}
