import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { SettledOutcome, SettleRequest } from '@snowflow/contracts/connections/connections.dto';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { ContextRunner } from '../sessions/context-runner';
import { quoteIdentifier } from '../sessions/pinned-context';
import { hasEnded } from '../sessions/query-state';
import { RequestFences } from '../sessions/request-fences';
import { RunningStatements } from '../sessions/running-statements';
import type { SessionRef } from '../sessions/sealed-session.repository';
import { SessionAccess } from '../sessions/session-access';
import { SessionProtocol } from '../sessions/session-protocol';
import { StatementsService } from './statements.service';

/** How long a statement is asked about of which Snowflake has no data, and how often. */
export interface SettlementPatience {
  patienceMs: number;
  askAgainMs: number;
}

/** Injection token of SettlementPatience. */
export const SETTLEMENT_PATIENCE = Symbol('SETTLEMENT_PATIENCE');

export const DEFAULT_SETTLEMENT_PATIENCE: SettlementPatience = { patienceMs: 12_000, askAgainMs: 1_000 };

const BETWEEN_LOOKS_MS = 1_500;
/** So long a statement may take to end once it was told to. */
const ENDING_MS = 8_000;
const CANCELLED = '000604';

/** Finds out what became of a statement whose outcome was lost. It is never submitted again here. */
@Injectable()
export class SettlementService {
  constructor(
    private readonly access: SessionAccess,
    private readonly protocol: SessionProtocol,
    private readonly running: RunningStatements,
    private readonly fences: RequestFences,
    private readonly runner: ContextRunner,
    private readonly statements: StatementsService,
    @Inject(SETTLEMENT_PATIENCE) private readonly patience: SettlementPatience,
  ) {}

  async settle(ref: SessionRef, request: SettleRequest): Promise<SettledOutcome> {
    const { requestId, effectKey, context } = request;
    // A replica that was stopped may still be about to send it.
    if (!request.queryId) await this.fences.raise(ref, requestId);
    const queryId = request.queryId ?? (await this.recordedQueryId(ref, requestId));
    if (queryId) {
      const known = await this.settleKnown(ref, queryId, context);
      if (known.state !== 'unknown') return known;
      const found = await this.findByEffect(ref, effectKey, context);
      return found && found !== 'unknown' && found !== queryId ? this.settleKnown(ref, found, context) : known;
    }

    await this.running.abort(ref, { requestId });
    for (let look = 1; look <= 2; look += 1) {
      if (look > 1) await pause(BETWEEN_LOOKS_MS);
      const found = await this.findByEffect(ref, effectKey, context);
      if (found === 'unknown') return { state: 'unknown' };
      if (found) return this.settleFenced(ref, found, context);
    }
    this.running.leave(ref, requestId);
    return { state: 'absent' };
  }

  /** It came to Snowflake before the fence. What the abort itself has stopped was never applied, and is no failure of the statement. */
  private async settleFenced(ref: SessionRef, queryId: string, context: PinnedContext): Promise<SettledOutcome> {
    const status = await this.settleKnown(ref, queryId, context, ENDING_MS);
    return status.state === 'failed' && status.failure.code === CANCELLED ? { state: 'absent' } : status;
  }

  /** Monitoring first: no data is no answer, so it is asked again. */
  private async settleKnown(
    ref: SessionRef,
    queryId: string,
    context: PinnedContext,
    waitMs = 0,
  ): Promise<SettledOutcome> {
    const { patienceMs, askAgainMs } = this.patience;
    for (const giveUpAtMs = Date.now() + patienceMs; Date.now() < giveUpAtMs; await pause(askAgainMs)) {
      const query = await this.access.use(ref, ({ endpoint, tokens }) =>
        this.protocol.monitor(endpoint, tokens, queryId),
      );
      if (query?.status === undefined || query.status === 'NO_DATA') continue;
      const status = await this.statements.wait(ref, { queryId, context, waitMs });
      if (status.state !== 'running') return status;
      // Of what has ended there should be a result: it is asked again, and where there never is one, nobody can tell.
      if (!status.unseen || !hasEnded(query.status)) return { state: 'running', queryId };
    }
    return { state: 'unknown' };
  }

  private async recordedQueryId(ref: SessionRef, requestId: string): Promise<string | undefined> {
    return (await this.running.list(ref)).find((statement) => statement.requestId === requestId)?.queryId;
  }

  private async findByEffect(
    ref: SessionRef,
    effectKey: string,
    context: PinnedContext,
  ): Promise<string | undefined | 'unknown'> {
    const database = quoteIdentifier(context.database ?? 'SNOWFLAKE');
    const sql = `SELECT QUERY_ID FROM TABLE(${database}.INFORMATION_SCHEMA.QUERY_HISTORY_BY_USER(RESULT_LIMIT => 10000))
      WHERE CONTAINS(QUERY_TAG, ?)`;
    try {
      const [[queryId] = []] = await this.runner.rows(ref, context, { sql, binds: [`"effect":"${effectKey}"`] }, 1);
      return queryId ?? undefined;
    } catch {
      // Without the history nobody can tell, and nobody may guess.
      return 'unknown';
    }
  }
}
