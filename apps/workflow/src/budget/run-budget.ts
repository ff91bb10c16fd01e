import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import { insist } from '../execution/backoff';
import type { RunPast } from '../execution/leases.repository';
import type { StatementChange } from '../execution/run-record.repository';
import type { Explainer } from '../preview/explainer';
import type { RunRow } from '../runs/runs.repository';
import { Budget, type Ceilings, type Excess, type Spending } from './budget';
import { excessSentence } from './excess-sentence';

/** The budget of a run that is being executed: asked before each statement is sent and each model is asked. */
export class RunBudget {
  private readonly budget: Promise<Budget>;
  /** As if the run had begun later by the time that it rested. */
  private readonly beganAtMs: number;

  /** What earlier workers sent counts, the time for which the run rested does not. */
  constructor(
    ceilings: Promise<Ceilings>,
    private readonly explainer: Explainer,
    private readonly run: RunRow,
    { statements, modelTokens, restedMs }: Pick<RunPast, 'statements' | 'modelTokens' | 'restedMs'>,
  ) {
    this.beganAtMs = (run.started_at?.getTime() ?? Date.now()) + restedMs;
    this.budget = ceilings.then((known) => new Budget(known, spendingOf(statements, modelTokens)));
    // Whoever has a statement to send awaits it.
    this.budget.catch(() => undefined);
  }

  /**
   * Throws BUDGET_EXCEEDED where the statement would take the run over its budget. Answers the bytes that it reads at most, where that had
   * to be asked. A step that goes on with what was sent for it `before` sends nothing new.
   */
  async admit(
    statement: { sql: string; binds: Bind[] },
    before: StatementChange | undefined,
    signal: AbortSignal,
  ): Promise<number | null> {
    if (before?.state === 'sent' || before?.state === 'succeeded') return before.bytes_at_most;
    const budget = await this.budget;
    refuse(budget.refusal(this.elapsedSeconds));
    const bytes = budget.asksForBytes ? await this.bytesOf(statement, signal) : null;
    refuse(budget.take(bytes ?? 0, this.elapsedSeconds));
    return bytes;
  }

  /** Throws BUDGET_EXCEEDED where a call of a model that may come to so many tokens would take the run over its budget. Answers who hears what it came to. */
  async admitTokens(atMost: number): Promise<(actual: number) => void> {
    const budget = await this.budget;
    refuse(budget.takeTokens(atMost, this.elapsedSeconds));
    return (actual) => budget.settleTokens(atMost, actual);
  }

  private get elapsedSeconds(): number {
    return (Date.now() - this.beganAtMs) / 1_000;
  }

  /** What nobody can bound may not be sent under a budget of bytes. */
  private async bytesOf(statement: { sql: string; binds: Bind[] }, signal: AbortSignal): Promise<number> {
    try {
      const explanation = await insist(signal, () => this.explainer.explain(statement, this.run.context));
      return explanation.bytesAtMost;
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'SNOWFLAKE_SESSION_ENDED') throw error;
      throw new AppError(
        error.code,
        `The run has a budget of bytes, and how much this statement reads could not be found out, so it was not sent. ${error.message}`,
        error.details,
      );
    }
  }
}

function refuse(excess: Excess | undefined): void {
  if (excess) throw new AppError('BUDGET_EXCEEDED', excessSentence(excess));
}

/** What never reached Snowflake took nothing. */
function spendingOf(past: readonly StatementChange[], tokens: number): Spending {
  const sent = past.filter(({ state }) => state !== 'absent');
  const bytes = sent.reduce((sum, { bytes_at_most: atMost }) => sum + (atMost ?? 0), 0);
  return { statements: sent.length, bytes, tokens };
}
