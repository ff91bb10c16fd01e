import { randomUUID } from 'node:crypto';
import type { ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import type {
  SettledOutcome,
  StatementFailure,
  StatementStatus,
} from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { setTimeout as delay } from 'node:timers/promises';
import { afterCancel, cutOffUnknown } from './after-cancel';
import { insist, isPassing } from './backoff';
import type { StatementChange } from './run-record.repository';
import { CancelRequested } from './run-interruptions';
import { statementSeconds } from './run-metrics';
import { StatementFailed } from './sealed-failure';
import { NoAnswer, StatementPatience } from './statement-patience';
import type { StatementStatistics } from './statement-statistics';
import { untilAborted } from './until-aborted';
import { isAccessEnd, isSessionEnd, leftOpen } from './what-ended';

/** One statement of a step, as it is sent. */
export interface StepStatement {
  step: string;
  kind: 'read' | 'write';
  sql: string;
  binds: Bind[];
  context: PinnedContext;
  runId: string;
  tag: Record<string, string>;
  timeoutSeconds: number;
  /** Where the run's budget asked for it. */
  bytesAtMost: number | null;
}

/** What the runner tells of a statement while it runs. */
export interface StatementJournal {
  /** Resolves once it is stored: no statement leaves before its request id does. */
  write(change: StatementChange): Promise<void>;
  /** Kept with the next write; nothing waits for it. */
  note(change: StatementChange): void;
  queryKnown(queryId: string): Promise<void>;
}

/** A statement that came to its end. */
export type Succeeded = Extract<StatementStatus, { state: 'succeeded' }>;

const FIRST_WAIT_MS = 250;
const LONG_WAIT_MS = 20_000;
const CANCEL_DEADLINE_MS = 3_000;
const SETTLE_AGAIN_MS = 500;
/** So long after a statement's own time limit Snowflake may still say what became of it. */
const GRACE_MS = 60_000;
/** A statement that Snowflake denies to know for so long is no new one any more: it is lost. */
const UNSEEN_MS = 20_000;

/**
 * Brings one statement to its end, across lost replies and dead workers. A read may be sent again; a write is sent again only where it
 * is proved that it never ran, and its outcome is "unknown" where nobody can tell.
 */
export class StatementRunner {
  constructor(
    private readonly connections: ConnectionsClient,
    private readonly statistics: Pick<StatementStatistics, 'collect'>,
    private readonly graceMs = GRACE_MS,
    private readonly unseenMs = UNSEEN_MS,
  ) {}

  /**
   * `past`: what the journal says was sent for this step before, from first to last. Throws StatementFailed for Snowflake's own no, and
   * where Snowflake has said nothing for longer than the statement may take, DEADLINE_EXCEEDED or, for a write, OUTCOME_UNKNOWN.
   */
  async run(
    statement: StepStatement,
    past: readonly StatementChange[],
    journal: StatementJournal,
    signal: AbortSignal,
  ): Promise<Succeeded> {
    const patience = new StatementPatience(statement.timeoutSeconds * 1000 + this.graceMs);
    const timed = statementSeconds.startTimer({ kind: statement.kind });
    try {
      const ended = await this.bring(statement, past, journal, AbortSignal.any([signal, patience.signal]), patience);
      timed({ outcome: 'succeeded' });
      return ended;
    } catch (error) {
      timed({ outcome: error instanceof StatementFailed ? 'failed' : 'unfinished' });
      const gaveUp =
        patience.signal.aborted && !signal.aborted && !(error instanceof AppError || error instanceof StatementFailed);
      throw gaveUp ? unanswered(statement) : error;
    } finally {
      patience.stop();
    }
  }

  private async bring(
    statement: StepStatement,
    past: readonly StatementChange[],
    journal: StatementJournal,
    signal: AbortSignal,
    patience: StatementPatience,
  ): Promise<Succeeded> {
    const last = past.at(-1);
    if (last?.state === 'succeeded' && last.query_id && last.outcome) {
      return { state: 'succeeded', queryId: last.query_id, role: statement.context.role, ...last.outcome };
    }
    if (last?.state === 'sent') {
      const ended = await this.guarded(last, statement, journal, signal, () =>
        this.resume(statement, last, journal, signal),
      );
      if (ended) return ended;
    }
    for (;;) {
      const entry: StatementChange = {
        step: statement.step,
        request_id: randomUUID(),
        effect_key: randomUUID(),
        query_id: null,
        state: 'sent',
        bytes_at_most: statement.bytesAtMost,
        outcome: null,
      };
      await journal.write({ ...entry });
      const ended = await this.guarded(entry, statement, journal, signal, () =>
        this.send(statement, entry, journal, signal, patience),
      );
      if (ended) return ended;
    }
  }

  /**
   * Runs one try; a cancelled run's statement is cancelled with it, a moved run's goes on for whoever takes it up. A write that was applied
   * before the cancel came has succeeded.
   */
  private async guarded(
    entry: StatementChange,
    statement: StepStatement,
    journal: StatementJournal,
    signal: AbortSignal,
    attempt: () => Promise<Succeeded | undefined>,
  ): Promise<Succeeded | undefined> {
    try {
      return await attempt();
    } catch (error) {
      if (signal.reason instanceof CancelRequested || signal.reason instanceof NoAnswer) await this.cancel(entry);
      if (signal.reason instanceof NoAnswer && entry.query_id) return this.atLast(entry, journal, statement);
      if (error instanceof StatementFailed) journal.note({ ...entry, state: 'failed' });
      const isOpen = statement.kind === 'write' && entry.state === 'sent' && !(error instanceof StatementFailed);
      if (isOpen && signal.reason instanceof CancelRequested) return this.cancelled(entry, journal, statement, error);
      const isLost = isSessionEnd(error) || (entry.query_id !== null && isAccessEnd(error));
      throw isOpen && isLost ? leftOpen(error) : error;
    }
  }

  private async send(
    statement: StepStatement,
    entry: StatementChange,
    journal: StatementJournal,
    signal: AbortSignal,
    patience: StatementPatience,
  ): Promise<Succeeded | undefined> {
    const { sql, binds, context, runId, timeoutSeconds } = statement;
    const tag = { ...statement.tag, effect: entry.effect_key };
    // Of a write the query id is stored before anything is waited for.
    const soon = statement.kind === 'read' ? { waitMs: FIRST_WAIT_MS } : {};
    let status: StatementStatus | undefined;
    try {
      const requestId = entry.request_id;
      const reply = this.connections.submit({ sql, binds, context, requestId, tag, timeoutSeconds, runId, ...soon });
      ({ queryId: entry.query_id, status } = await untilAborted(signal, reply));
    } catch (error) {
      const failure = failureOf(error);
      if (failure) throw new StatementFailed(failure);
      if (error instanceof AppError && error.code === 'OVERLOADED') {
        // It was not sent: there was no place for it. It waits here for the next try, under the id that is stored already.
        await delay(pauseBefore(error), undefined, { signal }).catch((aborted: unknown) => {
          entry.state = 'absent';
          journal.note({ ...entry });
          throw aborted;
        });
        patience.startAnew();
        return this.send(statement, entry, journal, signal, patience);
      }
      if (isSessionEnd(error)) {
        // Nothing was sent, so in the next session nothing has to be settled.
        entry.state = 'absent';
        journal.note({ ...entry });
      }
      if (!isPassing(error)) throw error;
      return this.settle(statement, entry, journal, signal);
    }
    if (status && status.state !== 'running') return this.ended(status, statement, entry, journal);
    if (statement.kind === 'write') await journal.write({ ...entry });
    return this.wait(statement, entry, journal, signal);
  }

  private async resume(
    statement: StepStatement,
    entry: StatementChange,
    journal: StatementJournal,
    signal: AbortSignal,
  ): Promise<Succeeded | undefined> {
    if (entry.query_id) {
      await journal.queryKnown(entry.query_id);
      return this.wait(statement, entry, journal, signal);
    }
    return this.settle(statement, entry, journal, signal);
  }

  /** Finds out what became of a request that nobody answered. Nothing: it may be sent anew. */
  private async settle(
    statement: StepStatement,
    entry: StatementChange,
    journal: StatementJournal,
    signal: AbortSignal,
  ): Promise<Succeeded | undefined> {
    if (statement.kind !== 'write') {
      await this.cancel(entry);
      journal.note({ ...entry, state: 'absent' });
      await delay(SETTLE_AGAIN_MS, undefined, { signal });
      return undefined;
    }
    const question = {
      requestId: entry.request_id,
      effectKey: entry.effect_key,
      context: statement.context,
      ...(entry.query_id ? { queryId: entry.query_id } : {}),
    };
    const outcome: SettledOutcome = await insist(signal, () => untilAborted(signal, this.connections.settle(question)));
    switch (outcome.state) {
      case 'absent':
        journal.note({ ...entry, state: 'absent' });
        return undefined;
      case 'unknown':
        throw new AppError(
          'OUTCOME_UNKNOWN',
          'Whether this statement was applied is not known, so it was not sent again. Check the table, then run anew.',
        );
      case 'running':
        entry.query_id = outcome.queryId;
        await journal.write({ ...entry });
        return this.wait(statement, entry, journal, signal);
      default:
        return this.ended(outcome, statement, entry, journal);
    }
  }

  /**
   * The first wait is short: most statements end in it, and only of a longer one the query id is worth a write of its own. Nothing: it was
   * a read that Snowflake lost, and may be sent anew.
   */
  private async wait(
    statement: StepStatement,
    entry: StatementChange,
    journal: StatementJournal,
    signal: AbortSignal,
  ): Promise<Succeeded | undefined> {
    const queryId = entry.query_id ?? '';
    let seenAt = Date.now();
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = LONG_WAIT_MS) {
      const ask = () => untilAborted(signal, this.connections.wait({ queryId, context: statement.context, waitMs }));
      const status = await insist(signal, ask);
      if (status.state !== 'running') return this.ended(status, statement, entry, journal);
      if (!status.unseen) seenAt = Date.now();
      if (Date.now() - seenAt > this.unseenMs) return this.settle(statement, entry, journal, signal);
      if (waitMs === FIRST_WAIT_MS) {
        journal.note({ ...entry });
        await journal.queryKnown(queryId);
      }
    }
  }

  private ended(
    status: Exclude<StatementStatus, { state: 'running' }>,
    { runId }: StepStatement,
    entry: StatementChange,
    journal: StatementJournal,
  ): Succeeded {
    entry.query_id = status.queryId;
    this.statistics.collect({ runId, requestId: entry.request_id, queryId: status.queryId });
    if (status.state === 'failed') throw new StatementFailed(status.failure);
    const { columns, rowCount, rowsAffected } = status;
    const outcome = { columns, rowCount, ...(rowsAffected === undefined ? {} : { rowsAffected }) };
    journal.note({ ...entry, state: 'succeeded', outcome });
    return status;
  }

  /** What became of a write whose run was cancelled: its end where it was applied, `stopped` where it was not. */
  private async cancelled(
    entry: StatementChange,
    journal: StatementJournal,
    { context, runId }: StepStatement,
    stopped: unknown,
  ): Promise<Succeeded> {
    const known = await afterCancel(this.connections, entry, context);
    if (known.state === 'sent') throw cutOffUnknown();
    journal.note(known);
    if (known.state !== 'succeeded' || !known.query_id || !known.outcome) throw stopped;
    this.statistics.collect({ runId, requestId: known.request_id, queryId: known.query_id });
    return { state: 'succeeded', queryId: known.query_id, role: context.role, ...known.outcome };
  }

  /** A last look at a statement that was given up and cancelled: it may have come to its end all the same. */
  private async atLast(
    entry: StatementChange,
    journal: StatementJournal,
    statement: StepStatement,
  ): Promise<Succeeded> {
    const question = { queryId: entry.query_id ?? '', context: statement.context, waitMs: 0 };
    const status = await this.connections.wait(question, { deadlineMs: CANCEL_DEADLINE_MS }).catch(() => undefined);
    if (status?.state === 'succeeded') return this.ended(status, statement, entry, journal);
    if (status?.state !== 'failed') throw unanswered(statement);
    journal.note({ ...entry, state: 'failed' });
    throw unanswered({ ...statement, kind: 'read' });
  }

  /** Best effort: a statement that can't be reached ends by its own timeout. */
  private async cancel({ query_id, request_id }: StatementChange): Promise<void> {
    const target = query_id ? { queryId: query_id } : { requestId: request_id };
    await this.connections.cancel(target, { deadlineMs: CANCEL_DEADLINE_MS }).catch(() => undefined);
  }
}

/** A write that nobody can tell of is said to be that; whatever else is over is cancelled. */
function unanswered({ kind, timeoutSeconds }: StepStatement): AppError {
  if (kind === 'write') {
    return new AppError(
      'OUTCOME_UNKNOWN',
      `Snowflake did not say what became of this statement, long after its time limit of ${timeoutSeconds} s. Check the table, then run anew.`,
    );
  }
  return new AppError(
    'DEADLINE_EXCEEDED',
    `Snowflake did not end this statement, long after its time limit of ${timeoutSeconds} s, so it was cancelled. Look at the warehouse, or give it more time, and run it again.`,
  );
}

/** As long as was asked for, and a little more or less, so that those who were refused together don't come back together. */
function pauseBefore({ details }: AppError): number {
  return (details.retryAfterSeconds ?? 1) * 1000 * (0.5 + Math.random());
}

/** Snowflake refuses some statements at once; that is an answer, like a failure later on. */
function failureOf(error: unknown): StatementFailure | undefined {
  if (!(error instanceof AppError) || (error.code !== 'SQL_FAILED' && !error.details.snowflake?.code)) return undefined;
  const { code, sqlState, line, position } = error.details.snowflake ?? {};
  return {
    code: code ?? error.code,
    message: error.message,
    ...(sqlState === undefined ? {} : { sqlState }),
    ...(line === undefined ? {} : { line }),
    ...(position === undefined ? {} : { position }),
  };
}
