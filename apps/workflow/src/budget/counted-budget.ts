import { AppError } from '@snowflow/contracts/errors/app-error';
import type { RunPast } from '../execution/leases.repository';
import { Budget, type Ceilings, type Excess, type Spending } from './budget';
import { CallOverBudget } from './call-over-budget';
import { excessSentence } from './excess-sentence';

/** What earlier workers sent and asked. */
export type SpentBefore = Pick<RunPast, 'statements' | 'modelCalls'>;

/** A budget with its clock: that of a run, or of a call inside it, whose steps' ids begin with `prefix`. */
export class CountedBudget {
  private readonly budget: Budget;

  constructor(
    ceilings: Ceilings,
    past: SpentBefore,
    private readonly beganAtMs: number,
    private readonly prefix = '',
  ) {
    this.budget = new Budget(ceilings, spendingOf(past, prefix));
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

  /** Counts what a call of a model may come to, or throws BUDGET_EXCEEDED. */
  takeTokens(atMost: number): void {
    this.refuse(this.budget.takeTokens(atMost, this.elapsedSeconds));
  }

  settleTokens(atMost: number, actual: number): void {
    this.budget.settleTokens(atMost, actual);
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
function spendingOf({ statements, modelCalls }: SpentBefore, prefix: string): Spending {
  const isInside = ({ step }: { step: string }) => step.startsWith(prefix);
  const sent = statements.filter((statement) => isInside(statement) && statement.state !== 'absent');
  return {
    statements: sent.length,
    bytes: sent.reduce((sum, { bytes_at_most: bytes }) => sum + (bytes ?? 0), 0),
    tokens: modelCalls.filter(isInside).reduce((sum, { tokens }) => sum + tokens, 0),
  };
}
