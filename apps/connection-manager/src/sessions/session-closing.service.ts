import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { CloseRequest, HoldRequest, ReleaseRequest } from '@snowflow/contracts/connections/connections.dto';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { sessionEnded } from '../errors/to-app-error';
import { beginClosing, holdSession, releaseSession } from './context-scripts';
import { RunningStatements } from './running-statements';
import type { SessionRef } from './sealed-session.repository';
import { SessionCloser } from './session-closer';
import { sessionKeys } from './session-keys';

/** When a Snowflake session ends after its person has signed out: with what runs under it and the runs that hold it, or at once. */
@Injectable()
export class SessionClosingService {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly running: RunningStatements,
    private readonly closer: SessionCloser,
  ) {}

  async close(ref: SessionRef, { statements }: CloseRequest): Promise<void> {
    const { sessionId } = ref;
    const keys = [
      sessionKeys.record(sessionId),
      sessionKeys.state(sessionId),
      sessionKeys.running(sessionId),
      sessionKeys.holds(sessionId),
    ];
    await this.closer.remember(ref);
    const left = await beginClosing.run(this.redis, keys, []);
    if (left > 0 && statements === 'finish') return;
    if (left > 0) {
      const running = await this.running.list(ref);
      await Promise.all(running.map((statement) => this.running.abort(ref, statement).catch(() => undefined)));
    }
    await this.closer.end(ref);
  }

  /** Also where the session closes already: the run was accepted before, and what else keeps it open gives this one its chance. */
  async hold({ sessionId }: SessionRef, { runId, leaseMs }: HoldRequest): Promise<void> {
    const keys = [sessionKeys.record(sessionId), sessionKeys.holds(sessionId)];
    if ((await holdSession.run(this.redis, keys, [runId, leaseMs])) === 0) throw sessionEnded();
  }

  async release(ref: SessionRef, { runId }: ReleaseRequest): Promise<void> {
    const { sessionId } = ref;
    const keys = [sessionKeys.state(sessionId), sessionKeys.running(sessionId), sessionKeys.holds(sessionId)];
    if ((await releaseSession.run(this.redis, keys, [runId])) === 1) await this.closer.end(ref);
  }
}
