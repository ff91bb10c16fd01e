import { Inject, Injectable, OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { TenantLimits } from '@snowflow/contracts/sessions/tenant-limits';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { SessionRef } from '../sessions/sealed-session.repository';
import { STATEMENT_LEASE_MS } from '../sessions/session-deadlines';
import { sessionKeys, tenantKeys } from '../sessions/session-keys';
import { KnownLimits } from '@snowflow/platform/sessions/known-limits';
import { placeCounters, placesRefused, placeWait, waitingForPlace } from './place-metrics';
import { type Arrival, countPlaces, leavePlace, takePlace } from './place-scripts';
import { type Answer, WaitingLine } from './waiting-line';

/** Short statements (metadata, a switch of role) may use so many places more: long ones never lock a person out of the catalog. */
const SHORT_IN_SESSION = 4;
const SHORT_IN_TENANT = 8;
/** So many of one tenant wait in one process, whatever its own limit says: the others need the rest of the process. */
const MOST_WAITING_HERE = 256;
const LATELY_MS = 60_000;
const RETRY_AFTER_SECONDS = 5;

/** Bounds how many statements of a session and of a tenant are under way at once, over all replicas, and who is next. */
@Injectable()
export class StatementPlaces implements OnApplicationShutdown {
  private readonly lines = new Map<string, WaitingLine>();
  private readonly countHeld = async () => {
    const tenants = this.limits.tenants(Date.now() - LATELY_MS);
    const counts = await Promise.all(tenants.map((tenantId) => this.count(tenantId)));
    return counts.reduce((sum, { held }) => sum + held, 0);
  };

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly limits: KnownLimits,
  ) {
    placeCounters.add(this.countHeld);
  }

  onApplicationShutdown(): void {
    placeCounters.delete(this.countHeld);
  }

  /** Held and waiting on all replicas. */
  async count(tenantId: string): Promise<{ held: number; waiting: number }> {
    const [held, waiting] = await countPlaces.run(
      this.redis,
      [tenantKeys.places(tenantId), tenantKeys.waiting(tenantId)],
      [],
    );
    return { held, waiting };
  }

  /** Throws OVERLOADED, without asking anybody, where so many of the tenant wait here that one more would be refused anyway. */
  async limitsFor({ tenantId }: SessionRef): Promise<TenantLimits> {
    const limits = await this.limits.of(tenantId);
    if ((this.lines.get(tenantId)?.size ?? 0) >= Math.min(limits.queueLength, MOST_WAITING_HERE)) throw lineIsFull();
    return limits;
  }

  /** The keys and arguments of `takePlace`, for scripts that do more at once. */
  keys({ tenantId, sessionId }: SessionRef): string[] {
    return [sessionKeys.places(sessionId), tenantKeys.places(tenantId), tenantKeys.waiting(tenantId)];
  }

  args(limits: TenantLimits, isShort: boolean, arrival: Arrival = isShort ? 'short' : 'new'): (string | number)[] {
    return [
      arrival,
      STATEMENT_LEASE_MS,
      limits.statementsPerSession + (isShort ? SHORT_IN_SESSION : 0),
      limits.statementsPerTenant + (isShort ? SHORT_IN_TENANT : 0),
      limits.queueLength,
      limits.queueWaitMs,
    ];
  }

  refuse(): never {
    throw lineIsFull();
  }

  /** For a statement that has joined the line: resolves once it has its place. Throws OVERLOADED when it waited too long. */
  async wait(ref: SessionRef, id: string, limits: TenantLimits, isShort: boolean): Promise<void> {
    const line = this.lines.get(ref.tenantId) ?? new WaitingLine();
    this.lines.set(ref.tenantId, line);
    const args = [id, ...this.args(limits, isShort, 'line')];
    let isHere = true;
    const ask = async (): Promise<Answer> => {
      const verdict = await takePlace.run(this.redis, this.keys(ref), args);
      if (verdict !== 'taken') return verdict === 'session-full' ? verdict : 'full';
      // It gave up while this was asked.
      if (!isHere) this.leave(ref, id);
      return 'taken';
    };
    const stop = placeWait.startTimer();
    waitingForPlace.inc();
    try {
      await line.join(ref.sessionId, ask, { patienceMs: limits.queueWaitMs, isShort, tooLate: waitedTooLong });
    } catch (error) {
      isHere = false;
      this.leave(ref, id);
      throw error;
    } finally {
      waitingForPlace.dec();
      stop();
      if (line.size === 0 && this.lines.get(ref.tenantId) === line) this.lines.delete(ref.tenantId);
    }
  }

  /** Gives a place back that no running statement has; what is lost here ends with its lease. */
  leave(ref: SessionRef, id: string): void {
    leavePlace.run(this.redis, this.keys(ref), [id]).then(
      () => this.freed(ref.tenantId),
      () => undefined,
    );
  }

  /** A place of the tenant was freed: the next of this process asks at once, that of another within a moment. */
  freed(tenantId: string): void {
    this.lines.get(tenantId)?.kick();
  }
}

function lineIsFull(): AppError {
  placesRefused.inc({ reason: 'line full' });
  return new AppError(
    'OVERLOADED',
    'Too many statements of your organization are under way, and as many wait. Try again when some of them have ended.',
    { retryAfterSeconds: RETRY_AFTER_SECONDS },
  );
}

function waitedTooLong(): AppError {
  placesRefused.inc({ reason: 'waited too long' });
  return new AppError(
    'OVERLOADED',
    'Too many statements of yours are under way, and none ended in time for this one. Try again when some have ended.',
    { retryAfterSeconds: RETRY_AFTER_SECONDS },
  );
}
