import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { currentScope } from '@snowflow/transport/request-scope';
import type { FinalContext } from '../driver/snowflake-driver';
import { sessionEnded } from '../errors/to-app-error';
import { StatementPlaces } from '../limits/statement-places';
import { contextTaken, enterContext, forgetContext, giveUpTurn } from './context-scripts';
import { LiveCheck } from './live-check';
import { contextHolds, fingerprint, useStatements } from './pinned-context';
import { Patience } from './patience';
import { RunningStatements } from './running-statements';
import { requestFenced } from './request-fences';
import type { SessionRef } from './sealed-session.repository';
import { SessionAccess } from './session-access';
import { SHORT_STATEMENT_MS, STATEMENT_LEASE_MS, TURN_MS } from './session-deadlines';
import { sessionKeys, tenantKeys } from './session-keys';

/** As the scripts that write it later have it. */
const STATE_MS = 172_800_000;

/** What is to be let in: the run it belongs to, whether it is short, and whether Snowflake's leave is asked for. */
export interface Entrance {
  /** A closing session takes statements of runs that hold it. Where it is not named, it is the run that asks. */
  runId?: string;
  /** Metadata and the like, which others may be asked to let past. */
  isShort?: boolean;
  /** Only while the session lives and the role is granted. */
  checksLive?: boolean;
}

/**
 * One Snowflake session has one current role. A statement is let in while the session's context is its own; who needs another waits
 * until those have ended, then changes it. The common path is one script in Redis.
 */
@Injectable()
export class ContextCoordinator {
  private readonly gates = new Map<string, Promise<void>>();

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly access: SessionAccess,
    private readonly running: RunningStatements,
    private readonly places: StatementPlaces,
    private readonly live: LiveCheck,
  ) {}

  /**
   * Counts statement `id` as running under `context`, once it has its place; answers the version of the session's tokens. Throws
   * OVERLOADED, RUN_ENDED where the request is fenced, and where its entrance says so SNOWFLAKE_SESSION_ENDED or ROLE_REVOKED.
   */
  async enter(ref: SessionRef, context: PinnedContext, id: string, entrance: Entrance = {}): Promise<number> {
    try {
      return await this.waitToEnter(ref, context, id, entrance);
    } catch (error) {
      this.running.leave(ref, id);
      throw error;
    }
  }

  private async waitToEnter(ref: SessionRef, context: PinnedContext, id: string, entrance: Entrance): Promise<number> {
    const group = `${ref.sessionId} ${fingerprint(context)}`;
    let openGate: (() => void) | undefined;
    try {
      for (let patience = new Patience(); ;) {
        const verdict = await this.tryToEnter(ref, context, id, entrance, patience);
        if (typeof verdict === 'number') return verdict;
        if (verdict === 'placed') {
          patience = new Patience();
          continue;
        }
        if (patience.isOver) return await this.refuse(ref, id);
        const gate = this.gates.get(group);
        // Of those who wait for the same context in this process, one asks; when it is in, so are the others.
        if (gate && !openGate && !patience.holdsTurn) await gate;
        else {
          openGate ??= this.closeGate(group);
          await patience.pause();
        }
      }
    } finally {
      openGate?.();
    }
  }

  /** Puts on record what a new session's context is. */
  async start({ sessionId }: SessionRef, context: PinnedContext): Promise<void> {
    const key = sessionKeys.state(sessionId);
    const taken = { context: fingerprint(context), actual: JSON.stringify(context) };
    await this.redis.multi().hset(key, taken).pexpire(key, STATE_MS).exec();
  }

  /** Where a reply reports another context than the pinned one, the next statement takes its context anew. */
  async compare({ sessionId }: SessionRef, context: PinnedContext, final: FinalContext): Promise<void> {
    if (contextHolds(context, final)) return;
    await forgetContext.run(this.redis, [sessionKeys.state(sessionId)], [fingerprint(context)]);
  }

  /** One look: the version where the statement is in; `placed` where it has waited for its place and is to look again. */
  private async tryToEnter(
    ref: SessionRef,
    context: PinnedContext,
    id: string,
    entrance: Entrance,
    patience: Patience,
  ): Promise<number | 'placed' | undefined> {
    const isShort = entrance.isShort ?? false;
    const limits = await this.places.limitsFor(ref);
    const runId = entrance.runId ?? currentScope()?.context.runId ?? '';
    const verdict = await this.ask(ref, context, id, [runId, ...this.places.args(limits, isShort)]);
    patience.holdsTurn = verdict[0] === 'drain';
    switch (verdict[0]) {
      case 'go':
        if (entrance.checksLive) await this.live.require(ref, context.role, verdict[2]);
        return Number(verdict[1]);
      case 'switch':
        if (entrance.checksLive) await this.checkBeforeTaking(ref, context, id, verdict[3]);
        return (await this.take(ref, context, id, verdict[2])) ? Number(verdict[1]) : undefined;
      case 'line':
        await this.places.wait(ref, id, limits, isShort);
        return 'placed';
      case 'refused':
        return this.places.refuse();
      case 'drain':
        if (patience.isTimeToAskSnowflake()) await this.running.forgetEnded(ref, verdict[2]);
        return undefined;
      case 'wait':
        return undefined;
      case 'fenced':
        await this.giveUp(ref, id);
        throw requestFenced();
      default:
        throw sessionEnded();
    }
  }

  private closeGate(group: string): () => void {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    this.gates.set(group, gate);
    return () => {
      if (this.gates.get(group) === gate) this.gates.delete(group);
      open();
    };
  }

  private async refuse(ref: SessionRef, id: string): Promise<never> {
    await this.giveUp(ref, id);
    throw new AppError(
      'OVERLOADED',
      'The Snowflake session is busy under another role, warehouse or schema. Try again when what runs there has ended.',
      { retryAfterSeconds: 10 },
    );
  }

  private ask(ref: SessionRef, context: PinnedContext, id: string, more: (string | number)[]) {
    const { tenantId, sessionId } = ref;
    const keys = [
      sessionKeys.record(sessionId),
      sessionKeys.state(sessionId),
      sessionKeys.running(sessionId),
      sessionKeys.holds(sessionId),
      ...this.places.keys(ref),
      sessionKeys.live(sessionId),
      tenantKeys.fenced(tenantId, id),
    ];
    return enterContext.run(this.redis, keys, [fingerprint(context), id, STATEMENT_LEASE_MS, TURN_MS, ...more]);
  }

  /** A role that is gone can't be taken; the turn goes to the next. */
  private async checkBeforeTaking(ref: SessionRef, context: PinnedContext, id: string, heard: string): Promise<void> {
    try {
      await this.live.require(ref, context.role, heard);
    } catch (error) {
      await this.giveUp(ref, id);
      throw error;
    }
  }

  /** Answers false where the turn was lost meanwhile. */
  private async take(ref: SessionRef, wanted: PinnedContext, id: string, recorded: string): Promise<boolean> {
    const actual = recorded === '' ? undefined : (JSON.parse(recorded) as PinnedContext);
    try {
      const reached = await this.use(ref, wanted, actual);
      const keys = [sessionKeys.state(ref.sessionId), sessionKeys.running(ref.sessionId)];
      const args = [id, fingerprint(wanted), JSON.stringify(reached), STATEMENT_LEASE_MS];
      return (await contextTaken.run(this.redis, keys, args)) === 1;
    } catch (error) {
      await this.giveUp(ref, id);
      throw error;
    }
  }

  private async use(ref: SessionRef, wanted: PinnedContext, actual: PinnedContext | undefined): Promise<PinnedContext> {
    let reached: PinnedContext = { ...wanted, ...nonNull(actual ?? {}), secondaryRoles: wanted.secondaryRoles };
    for (const sql of useStatements(wanted, actual)) {
      const signal = AbortSignal.timeout(Math.min(SHORT_STATEMENT_MS, TURN_MS));
      const { finalContext } = await this.access.use(ref, ({ connection }) => connection.execute({ sql }, signal));
      reached = { ...reached, ...finalContext };
    }
    return { ...reached, ...nonNull(wanted) };
  }

  private async giveUp({ sessionId }: SessionRef, id: string): Promise<void> {
    await giveUpTurn.run(this.redis, [sessionKeys.state(sessionId)], [id]);
  }
}

function nonNull<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null)) as Partial<T>;
}
