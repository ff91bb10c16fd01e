import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import { insist } from '../execution/backoff';
import type { RunPast } from '../execution/leases.repository';
import type { StatementChange } from '../execution/run-record.repository';
import type { Explainer } from '../preview/explainer';
import type { RunRow } from '../runs/runs.repository';
import type { Ceilings } from './budget';
import type { CalledBudgets, RunningCall } from './called-budgets';
import { CountedBudget, type SpentBefore } from './counted-budget';

/**
 * The budget of a run that is being executed, with the budgets of the workflows inside it: asked before each statement is sent and each
 * model is asked.
 */
export class RunBudget {
  private readonly budget: Promise<CountedBudget>;

  /** What earlier workers sent counts, the time for which the run rested does not. */
  constructor(
    ceilings: Promise<Ceilings>,
    private readonly called: CalledBudgets,
    private readonly explainer: Explainer,
    private readonly run: RunRow,
    past: SpentBefore & Pick<RunPast, 'restedMs'>,
  ) {
    // As if the run had begun later by the time that it rested.
    const beganAtMs = (run.started_at?.getTime() ?? Date.now()) + past.restedMs;
    this.budget = ceilings.then((known) => new CountedBudget(known, past, beganAtMs));
    // Whoever has a statement to send awaits it.
    this.budget.catch(() => undefined);
  }

  /**
   * Throws BUDGET_EXCEEDED where the statement would take the run over its budget, or one of the calls that it is part of over that of the
   * workflow called. Answers the bytes that it reads at most, where that had to be asked. A step that goes on with what was sent for it
   * `before` sends nothing new.
   */
  async admit(
    statement: { sql: string; binds: Bind[] },
    before: StatementChange | undefined,
    calls: readonly RunningCall[],
    signal: AbortSignal,
  ): Promise<number | null> {
    if (before?.state === 'sent' || before?.state === 'succeeded') return before.bytes_at_most;
    const budgets = await this.applying(calls);
    budgets.forEach((budget) => budget.check());
    const bytes = budgets.some(({ asksForBytes }) => asksForBytes) ? await this.bytesOf(statement, signal) : null;
    budgets.forEach((budget) => budget.take(bytes ?? 0));
    return bytes;
  }

  /**
   * Throws BUDGET_EXCEEDED where a call of a model that may come to so many tokens would take the run, or one of the calls that it is part
   * of, over its budget. Answers who hears what it came to.
   */
  async admitTokens(atMost: number, calls: readonly RunningCall[]): Promise<(actual: number) => void> {
    const budgets = await this.applying(calls);
    budgets.forEach((budget) => budget.takeTokens(atMost));
    return (actual) => budgets.forEach((budget) => budget.settleTokens(atMost, actual));
  }

  /** The innermost first: what is refused there has taken nothing of what goes on around it. */
  private async applying(calls: readonly RunningCall[]): Promise<CountedBudget[]> {
    const [own, called] = await Promise.all([this.budget, this.called.of(calls)]);
    return [...called, own];
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
