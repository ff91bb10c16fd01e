import type { StatementChange } from './run-record.repository';

/** What was sent to Snowflake for a run, by earlier workers and by this one: a step that runs again goes on from there. */
export class RunJournal {
  private readonly entries: Map<string, StatementChange>;

  /** From first to last. */
  constructor(past: readonly StatementChange[]) {
    this.entries = new Map(past.map((entry) => [entry.request_id, entry]));
  }

  /** From first to last. */
  ofStep(step: string): StatementChange[] {
    return [...this.entries.values()].filter((entry) => entry.step === step);
  }

  keep(change: StatementChange): void {
    this.entries.set(change.request_id, change);
  }
}
