import { AppError } from '@snowflow/contracts/errors/app-error';
import type { StatementChange } from '../execution/run-record.repository';
import { Budget, type Ceilings, type Excess, type Spending } from './budget';
import { CallOverBudget } from './call-over-budget';
import { excessSentence } from './excess-sentence';

/** A budget with its clock: that of a run, or of a call inside it, whose steps' ids begin with `prefix`. */
export class CountedBudget {
  private readonly budget: Budget;

  constructor(
    ceilings: Ceilings,
    past: readonly StatementChange[],
    private readonly beganAtMs: number,
    private readonly prefix = '',
  ) {
    this.budget = new Budget(ceilings, spendingOf(past.filter(({ step }) => step.startsWith(prefix))));
  }

  get asksForBytes(): boolean {
    return this.budget.asksForBytes;
  }

  /** Throws BUDGET_EXCEEDED where the next statement is refused whatever it reads. */
  check(): void {
    this.refuse(this.budget.refusal(this.elapsedSeconds));
  }

  /** Counts the statement, or throws BUDGET_EXCEEDED. */
  take(bytes: number): void {
    this.refuse(this.budget.take(bytes, this.elapsedSeconds));
  }

  private get elapsedSeconds(): number {
    return (Date.now() - this.beganAtMs) / 1_000;
  }

  private refuse(excess: Excess | undefined): void {
    if (!excess) return;
    const sentence = excessSentence(excess);
    throw this.prefix === '' ? new AppError('BUDGET_EXCEEDED', sentence) : new CallOverBudget(sentence, this.prefix);
  }
}

/** What never reached Snowflake took nothing. */
function spendingOf(past: readonly StatementChange[]): Spending {
  const sent = past.filter(({ state }) => state !== 'absent');
  return { statements: sent.length, bytes: sent.reduce((sum, { bytes_at_most: bytes }) => sum + (bytes ?? 0), 0) };
}
