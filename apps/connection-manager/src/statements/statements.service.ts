import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type {
  CancelRequest,
  DescribeRequest,
  StatementDescription,
  StatementStatus,
  SubmitRequest,
  SubmittedStatement,
  WaitRequest,
} from '@snowflow/contracts/connections/connections.dto';
import type { StatementStats } from '@snowflow/contracts/connections/statement-stats.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { ATTRIBUTE } from '@snowflow/transport/spans';
import { SnowflakeFailure } from '../driver/snowflake-failure';
import { sixDigits, snowflakeDetails } from '../errors/to-app-error';
import { ContextCoordinator } from '../sessions/context-coordinator';
import { ContextRunner, requireRole } from '../sessions/context-runner';
import type { LiveSession } from '../sessions/live-session';
import { KnownLimits } from '@snowflow/platform/sessions/known-limits';
import { RequestFences } from '../sessions/request-fences';
import { RunningStatements } from '../sessions/running-statements';
import type { SessionRef } from '../sessions/sealed-session.repository';
import { SessionAccess } from '../sessions/session-access';
import { SessionProtocol } from '../sessions/session-protocol';
import { LongPolls } from './long-polls';
import { observedStatement } from './observed-statement';
import { queryTag } from './query-tag';
import { toColumn } from './snowflake-type';
import { requireHarmless } from './statement-guard';
import { statsOf } from './statement-stats';

/** Snowflake takes an asynchronous statement within this time, or nobody knows whether it did. */
const SUBMIT_MS = 40_000;
/** What it waited for its place and context goes off that: whoever asked gets the answer in time. */
const ALL_OF_IT_MS = 55_000;
/** With less than this left it is not sent any more. */
const LEAST_MS = 5_000;
/** "No such statement": of one that was just submitted it only says that there is no data yet. */
const NO_DATA_YET = '000709';
/** Snowflake says that at once: who waits on asks again after this long. */
const UNSEEN_PAUSE_MS = 500;

/** Statements of workflows: submitted under a pinned context, awaited by query id from any replica. */
@Injectable()
export class StatementsService {
  constructor(
    private readonly access: SessionAccess,
    private readonly protocol: SessionProtocol,
    private readonly contexts: ContextCoordinator,
    private readonly runner: ContextRunner,
    private readonly running: RunningStatements,
    private readonly fences: RequestFences,
    private readonly limits: KnownLimits,
    private readonly polls: LongPolls,
  ) {}

  async submit(ref: SessionRef, request: SubmitRequest): Promise<{ queryId: string }> {
    const { sql, binds, context, requestId, runId, tag, timeoutSeconds } = request;
    requireHarmless(sql);
    const endsAtMs = Date.now() + ALL_OF_IT_MS;
    const version = await this.contexts.enter(ref, context, requestId, { runId, checksLive: true });
    try {
      const { queryTimeoutSeconds } = await this.limits.of(ref.tenantId);
      const parameters = {
        QUERY_TAG: queryTag(ref.tenantId, tag),
        STATEMENT_TIMEOUT_IN_SECONDS: Math.min(timeoutSeconds, queryTimeoutSeconds),
      };
      const send = async ({ connection }: LiveSession) => {
        // The last look: between it and the request nothing is waited for.
        await this.fences.pass(ref, requestId);
        const signal = AbortSignal.timeout(Math.min(SUBMIT_MS, timeLeft(endsAtMs)));
        return observedStatement('submit', { tenantId: ref.tenantId, step: tag['node'] }, async (span) => {
          const queryId = await connection.submit({ sql, binds, requestId, parameters }, signal);
          span.setAttribute(ATTRIBUTE.query, queryId);
          return queryId;
        });
      };
      const queryId = await this.access.use(ref, send, version);
      this.running.learn(ref, requestId, queryId);
      return { queryId };
    } catch (error) {
      if (isUnknown(error)) {
        // It may be running: it stays on the list until that is settled.
        throw new AppError('OUTCOME_UNKNOWN', 'Snowflake did not confirm the statement. Whether it runs is not known.');
      }
      this.running.leave(ref, requestId);
      throw error;
    }
  }

  /** Most statements end while their submission is answered: asking for the end in a call of its own costs more than they do. */
  async submitAndWait(ref: SessionRef, request: SubmitRequest): Promise<SubmittedStatement> {
    const { queryId } = await this.submit(ref, request);
    const { context, waitMs } = request;
    if (waitMs === undefined) return { queryId };
    try {
      return { queryId, status: await this.wait(ref, { queryId, context, waitMs }) };
    } catch (error) {
      if (error instanceof AppError && error.code === 'ROLE_MISMATCH') throw error;
      // It was sent, whatever else is wrong: who asked for it asks for its end again.
      return { queryId };
    }
  }

  async wait(ref: SessionRef, { queryId, context, waitMs }: WaitRequest): Promise<StatementStatus> {
    // Even who does not want to wait gets an answer that is there already.
    const leastMs = Math.max(waitMs, 1_000);
    try {
      const about = { tenantId: ref.tenantId, queryId };
      const result = await this.polls.during(leastMs, (signal) =>
        this.access.use(ref, ({ connection }) =>
          fetchOrFail(observedStatement('wait', about, () => connection.fetch(queryId, signal))),
        ),
      );
      if (result instanceof SnowflakeFailure) {
        const status = this.unfinished(ref, queryId, result);
        if (status.state === 'running' && status.unseen) await pause(Math.min(waitMs, UNSEEN_PAUSE_MS));
        return status;
      }
      this.running.leave(ref, queryId);
      await this.contexts.compare(ref, context, result.finalContext);
      requireRole(context, result.finalContext, queryId);
      return {
        state: 'succeeded',
        queryId,
        columns: result.columns.map(toColumn),
        rowCount: result.rowCount,
        ...(result.rowsAffected === undefined ? {} : { rowsAffected: result.rowsAffected }),
        role: result.finalContext.role,
      };
    } catch (error) {
      if (error instanceof AppError && error.code === 'ROLE_MISMATCH') await this.abortQuietly(ref, { queryId });
      throw error;
    }
  }

  async cancel(ref: SessionRef, request: CancelRequest): Promise<void> {
    if (!request.queryId && !request.requestId) {
      const message = 'Name the statement by its query id or its request id.';
      throw new AppError('VALIDATION', message, { errors: [{ path: 'queryId', message }] });
    }
    const { queryId, requestId } = request;
    // It may still wait for its place or context, here or in another replica.
    if (requestId && !queryId) await this.fences.raise(ref, requestId);
    const known =
      queryId ?? (await this.running.list(ref)).find((statement) => statement.requestId === requestId)?.queryId;
    await this.running.abort(ref, { queryId: known, requestId });
  }

  async describe(ref: SessionRef, { sql, binds, context }: DescribeRequest): Promise<StatementDescription> {
    requireHarmless(sql);
    const { columns, isQuery } = await this.runner.run(ref, context, { sql, binds, describeOnly: true });
    return { columns: columns.map(toColumn), readOnly: isQuery };
  }

  /** Also of a statement whose session has gone on to other things; who asks must only be the one who ran it. */
  async statistics(ref: SessionRef, queryId: string): Promise<StatementStats> {
    const query = await this.access.use(ref, ({ endpoint, tokens }) =>
      this.protocol.monitor(endpoint, tokens, queryId),
    );
    return query ? statsOf(query) : {};
  }

  private unfinished(ref: SessionRef, queryId: string, failure: SnowflakeFailure): StatementStatus {
    const unseen = sixDigits(failure.facts.code) === NO_DATA_YET;
    if (failure.kind === 'cancelled' || unseen) {
      this.running.extend(ref, queryId);
      return { state: 'running', queryId, ...(unseen ? { unseen } : {}) };
    }
    this.running.leave(ref, queryId);
    const { code = '', sqlState, line, position } = snowflakeDetails(failure);
    return { state: 'failed', queryId, failure: { code, message: failure.message, sqlState, line, position } };
  }

  private async abortQuietly(ref: SessionRef, request: CancelRequest): Promise<void> {
    await this.running.abort(ref, request).catch(() => undefined);
  }
}

/** Who asked would not hear of it any more, and may have settled it. OVERLOADED says that nothing was sent. */
function timeLeft(endsAtMs: number): number {
  const leftMs = endsAtMs - Date.now();
  if (leftMs >= LEAST_MS) return leftMs;
  throw new AppError(
    'OVERLOADED',
    'The statement waited so long for its turn that it was not sent. Try again when others have ended.',
    { retryAfterSeconds: 5 },
  );
}

/** A statement's own failure, and the end of our patience, are answers. */
async function fetchOrFail<Result>(fetched: Promise<Result>): Promise<Result | SnowflakeFailure> {
  try {
    return await fetched;
  } catch (error) {
    if (error instanceof SnowflakeFailure && (error.kind === 'refused' || error.kind === 'cancelled')) return error;
    throw error;
  }
}

/** The request left us and no answer came. */
function isUnknown(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'SNOWFLAKE_UNAVAILABLE' || error.code === 'DEADLINE_EXCEEDED');
}
