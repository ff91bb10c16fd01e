import { Inject, Injectable, Logger, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { RunningStatements } from './running-statements';
import { LiveSessions } from './live-sessions';
import { SessionAccess } from './session-access';
import { SessionCloser } from './session-closer';
import type { SessionRef } from './sealed-session.repository';
import { sessionKeys } from './session-keys';
import { SessionProtocol } from './session-protocol';

export const HEARTBEAT_MS = Symbol('HEARTBEAT_MS');
const UPKEEP_MS = 30_000;

/** Keeps sessions in use alive in Snowflake, drops idle connections, and ends sessions whose last statement nobody saw end. */
@Injectable()
export class SessionHeartbeat implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SessionHeartbeat.name);
  private timers: NodeJS.Timeout[] = [];

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(HEARTBEAT_MS) private readonly everyMs: number,
    private readonly live: LiveSessions,
    private readonly access: SessionAccess,
    private readonly protocol: SessionProtocol,
    private readonly running: RunningStatements,
    private readonly closer: SessionCloser,
  ) {}

  onApplicationBootstrap(): void {
    this.timers = [
      setInterval(() => void this.beat(), this.everyMs).unref(),
      setInterval(() => void this.upkeep(), UPKEEP_MS).unref(),
    ];
  }

  /** Connections go, sessions stay: another replica works on with them. */
  onApplicationShutdown(): void {
    this.timers.forEach(clearInterval);
    this.live.clear();
  }

  async beat(): Promise<void> {
    const inUse = this.live.usedSince(Date.now() - this.everyMs);
    await Promise.all(inUse.map(({ ref }) => this.beatOne(ref).catch(() => this.complain('kept alive', ref))));
  }

  async upkeep(): Promise<void> {
    this.live.evictIdle();
    for (const ref of await this.closer.remembered().catch(() => [])) {
      await this.closeIfDone(ref).catch(() => this.complain('closed', ref));
    }
  }

  private complain(what: string, { sessionId }: SessionRef): void {
    this.logger.warn(`The Snowflake session of ${sessionId} could not be ${what}; it is tried again.`);
  }

  /** One replica does it for all. */
  private async beatOne(ref: SessionRef): Promise<void> {
    const mine = await this.redis.set(
      sessionKeys.heartbeat(ref.sessionId),
      '1',
      'PX',
      Math.ceil(this.everyMs * 0.9),
      'NX',
    );
    if (mine !== 'OK') return;
    await this.access.use(ref, ({ endpoint, tokens }) => this.protocol.heartbeat(endpoint, tokens));
  }

  private async closeIfDone(ref: SessionRef): Promise<void> {
    if (await this.closer.endIfDone(ref)) return;
    await this.running.checkEnded(ref, await this.running.list(ref));
  }
}
