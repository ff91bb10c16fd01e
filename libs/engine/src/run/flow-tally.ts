import type { Flow, FlowStep } from './flow';
import type { DecidedSteps, FlowResult } from './flow-result';
import type { StepOutcome } from './step-outcome';
import { StepPaused, type StepWait } from './step-paused';

/** What the steps of a flow came to so far. */
export class FlowTally<Step extends FlowStep> {
  readonly outcomes: Record<string, StepOutcome>;
  private readonly errors: Map<string, unknown>;
  private readonly waits = new Map<string, StepWait>();

  constructor(
    private readonly flow: Flow<Step>,
    decided: DecidedSteps = { outcomes: {}, failures: [] },
  ) {
    this.outcomes = { ...decided.outcomes };
    this.errors = new Map(decided.failures.map(({ step, error }) => [step, error]));
  }

  isDecided({ id }: Step): boolean {
    return Object.hasOwn(this.outcomes, id) || this.errors.has(id);
  }

  outcomeOf({ id }: Step): StepOutcome | undefined {
    return Object.hasOwn(this.outcomes, id) ? this.outcomes[id] : undefined;
  }

  finished({ id }: Step, outcome: StepOutcome): StepOutcome {
    this.outcomes[id] = outcome;
    return outcome;
  }

  /** It failed, or waits. */
  stopped({ id }: Step, error: unknown): void {
    if (error instanceof StepPaused) this.waits.set(id, error.wait);
    else this.errors.set(id, error);
  }

  result(aborted: boolean): FlowResult {
    const failures = this.inOrder(this.errors).map(([step, error]) => ({ step, error }));
    const pauses = this.inOrder(this.waits).map(([step, wait]) => ({ step, wait }));
    const ended = failures.length > 0 ? 'failed' : 'succeeded';
    const state = aborted ? 'aborted' : pauses.length > 0 ? 'waiting' : ended;
    return { state, outcomes: this.outcomes, failures, pauses };
  }

  private inOrder<Value>(found: ReadonlyMap<string, Value>): [string, Value][] {
    return this.flow.steps.flatMap(({ id }): [string, Value][] =>
      found.has(id) ? [[id, found.get(id) as Value]] : [],
    );
  }
}
