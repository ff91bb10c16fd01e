import type { StatementChange } from './run-record.repository';

/** What was sent to Snowflake for a run, by earlier workers and by this one: a step that runs again goes on from there. */
export class RunJournal {
  /** By step, then by request. */
  private readonly entries = new Map<string, Map<string, StatementChange>>();

  /** From first to last. */
  constructor(past: readonly StatementChange[]) {
    past.forEach((entry) => this.keep(entry));
  }

  /** From first to last. */
  ofStep(step: string): StatementChange[] {
    return [...(this.entries.get(step)?.values() ?? [])];
  }

  keep(change: StatementChange): void {
    const ofStep = this.entries.get(change.step) ?? new Map<string, StatementChange>();
    this.entries.set(change.step, ofStep.set(change.request_id, change));
  }
}
