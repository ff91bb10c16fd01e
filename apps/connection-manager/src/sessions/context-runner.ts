import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { DriverResult, DriverStatement, FinalContext, RawRow } from '../driver/snowflake-driver';
import { ATTRIBUTE } from '@snowflow/transport/spans';
import { toAppError } from '../errors/to-app-error';
import { observedStatement } from '../statements/observed-statement';
import { ContextCoordinator, type Entrance } from './context-coordinator';
import { RunningStatements } from './running-statements';
import type { SessionRef } from './sealed-session.repository';
import { SessionAccess } from './session-access';
import { SHORT_STATEMENT_MS } from './session-deadlines';

/** Runs short statements in a pinned context and waits for them. */
@Injectable()
export class ContextRunner {
  constructor(
    private readonly access: SessionAccess,
    private readonly contexts: ContextCoordinator,
    private readonly running: RunningStatements,
  ) {}

  async run(
    ref: SessionRef,
    context: PinnedContext,
    statement: DriverStatement,
    signal: AbortSignal = AbortSignal.timeout(SHORT_STATEMENT_MS),
    entrance: Entrance = { isShort: true },
  ): Promise<DriverResult> {
    const requestId = statement.requestId ?? randomUUID();
    const call = statement.describeOnly ? 'describe' : 'execute';
    const version = await this.contexts.enter(ref, context, requestId, entrance);
    try {
      const result = await this.access.use(
        ref,
        ({ connection }) =>
          observedStatement(call, { tenantId: ref.tenantId }, async (span) => {
            const ended = await connection.execute({ ...statement, requestId }, signal);
            span.setAttribute(ATTRIBUTE.query, ended.queryId);
            return ended;
          }),
        version,
      );
      await this.contexts.compare(ref, context, result.finalContext);
      requireRole(context, result.finalContext, result.queryId);
      return result;
    } catch (error) {
      // Nobody reads its result any more.
      if (signal.aborted) await this.running.abort(ref, { requestId }).catch(() => undefined);
      throw error;
    } finally {
      this.running.leave(ref, requestId);
    }
  }

  /** The first rows of a result. */
  async rows(ref: SessionRef, context: PinnedContext, statement: DriverStatement, most: number): Promise<RawRow[]> {
    const rows: RawRow[] = [];
    try {
      const result = await this.run(ref, context, statement);
      for await (const row of result.rows(0, most - 1)) rows.push(row);
    } catch (error) {
      throw toAppError(error);
    }
    return rows;
  }
}

/** A statement that ran as another role is a failure, whatever it answered. */
export function requireRole(pinned: PinnedContext, final: FinalContext, queryId: string): void {
  if (pinned.role === null || final.role === null || pinned.role === final.role) return;
  throw new AppError(
    'ROLE_MISMATCH',
    `The statement was to run as ${pinned.role} and ran as ${final.role}. Its result is not used.`,
    { snowflake: { queryId } },
  );
}
