import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { connectionsContract, type ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import type { SettledOutcome } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { AppliedStatementView, DeployedView, DeployStatementView } from '@snowflow/contracts/workflow/deploy.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';

/** One statement that makes an object takes moments; what takes longer is looked for afterwards. */
const STATEMENT_SECONDS = 60;
const WAIT_MS = 20_000;
/** Inside the deadline of the operation, with room for the last statement. */
const ALL_OF_IT_MS = 60_000;

type Ended = Pick<AppliedStatementView, 'outcome' | 'queryId' | 'message'>;

/**
 * Statements one after another, as the present person under their context. DDL commits by itself, so what was made before a
 * failure stays and is told.
 */
@Injectable()
export class StatementSequence {
  constructor(@InjectClient(connectionsContract) private readonly connections: ConnectionsClient) {}

  async execute(
    workflowId: string,
    statements: readonly DeployStatementView[],
    context: PinnedContext,
  ): Promise<DeployedView> {
    const giveUpAt = Date.now() + ALL_OF_IT_MS;
    const applied: AppliedStatementView[] = [];
    let goesOn = true;
    for (const statement of statements.filter(({ purpose }) => purpose !== 'undo')) {
      const mayGo = goesOn && Date.now() < giveUpAt;
      const ended: Ended = mayGo ? await this.one(statement.sql, workflowId, context, applied.length === 0) : NOT_SENT;
      goesOn = ended.outcome === 'succeeded';
      applied.push({ ...statement, ...ended });
    }
    return summary(applied, statements);
  }

  private async one(sql: string, workflowId: string, context: PinnedContext, isFirst: boolean): Promise<Ended> {
    const [requestId, effectKey] = [randomUUID(), randomUUID()];
    const tag = { workflow: workflowId, effect: effectKey };
    try {
      const { queryId } = await this.connections.submit({
        sql,
        binds: [],
        context,
        requestId,
        tag,
        timeoutSeconds: STATEMENT_SECONDS,
      });
      return await this.end(queryId, context);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (isFirst && error.code === 'SNOWFLAKE_SESSION_ENDED') throw error;
      if (IN_DOUBT.has(error.code)) return this.settle({ requestId, effectKey, context });
      // It is cancelled where it ran under another role, which may have come too late.
      return { outcome: error.code === 'ROLE_MISMATCH' ? 'unknown' : 'failed', message: error.message };
    }
  }

  private async end(queryId: string, context: PinnedContext): Promise<Ended> {
    const giveUpAt = Date.now() + STATEMENT_SECONDS * 1000;
    for (;;) {
      const status = await this.connections.wait({ queryId, context, waitMs: WAIT_MS });
      if (status.state !== 'running') return endOf(status);
      if (Date.now() > giveUpAt) return { outcome: 'unknown', queryId, message: 'It still runs' };
    }
  }

  /** A request that nobody answered: whether it was applied is asked once. */
  private async settle(question: Parameters<ConnectionsClient['settle']>[0]): Promise<Ended> {
    const outcome = await this.connections.settle(question).catch((): SettledOutcome => ({ state: 'unknown' }));
    return endOf(outcome);
  }
}

const NOT_SENT: Ended = { outcome: 'not-sent' };
const IN_DOUBT: ReadonlySet<string> = new Set([
  'OUTCOME_UNKNOWN',
  'DEADLINE_EXCEEDED',
  'UNAVAILABLE',
  'SNOWFLAKE_UNAVAILABLE',
]);

function endOf(outcome: SettledOutcome): Ended {
  switch (outcome.state) {
    case 'succeeded':
      return { outcome: 'succeeded', queryId: outcome.queryId };
    case 'failed':
      return { outcome: 'failed', queryId: outcome.queryId, message: outcome.failure.message };
    case 'absent':
      return { outcome: 'failed', message: 'It never reached Snowflake. Try again.' };
    default:
      return { outcome: 'unknown', message: 'Whether it was applied is not known. Look in Snowflake.' };
  }
}

function summary(applied: AppliedStatementView[], all: readonly DeployStatementView[]): DeployedView {
  const made = (outcomes: readonly string[]) =>
    applied.flatMap(({ purpose, outcome, object }) =>
      purpose === 'create' && object !== undefined && outcomes.includes(outcome) ? [object] : [],
    );
  const perhaps = new Set(made(['succeeded', 'unknown']));
  const [bad] = applied.filter(({ outcome }) => outcome !== 'succeeded');
  return {
    state: bad === undefined ? 'done' : bad.outcome === 'unknown' ? 'unknown' : 'failed',
    statements: applied,
    created: made(['succeeded']),
    undo: all.flatMap(({ purpose, object, sql }) =>
      purpose === 'undo' && object !== undefined && perhaps.has(object) ? [sql] : [],
    ),
  };
}
