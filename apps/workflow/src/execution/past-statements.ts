import type { StatementChange } from './run-record.repository';

/** The journal as it was when the run was taken up. */
export class PastStatements {
  private readonly bySteps = new Map<string, StatementChange[]>();

  constructor(statements: readonly StatementChange[]) {
    for (const statement of statements) {
      const known = this.bySteps.get(statement.step);
      if (known) known.push(statement);
      else this.bySteps.set(statement.step, [statement]);
    }
  }

  /** What was sent for a step, from first to last. */
  of(step: string): readonly StatementChange[] {
    return this.bySteps.get(step) ?? [];
  }
}
