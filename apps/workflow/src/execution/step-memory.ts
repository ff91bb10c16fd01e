import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { DecidedSteps } from '@snowflow/engine/run/flow-result';
import type { StepOutcome } from '@snowflow/engine/run/step-outcome';
import type { PlanScope } from './plan-scope';
import type { RunRecorder } from './run-recorder';
import type { SealedFailure } from './sealed-failure';
import { FailedBefore, sealOutcome, storedFailure } from './sealed-outcome';

/** What steps of a run came to, by their ids among all steps of the run: in earlier leases and in this one. */
export class StepMemory {
  private readonly outcomes: Map<string, StepOutcome>;
  private readonly failures: Map<string, unknown>;

  constructor(
    private readonly recorder: RunRecorder,
    private readonly sealer: Sealer,
    private readonly tenantId: string,
    past: DecidedSteps,
  ) {
    this.outcomes = new Map(Object.entries(past.outcomes));
    this.failures = new Map(past.failures.map(({ step, error }) => [step, error]));
  }

  get(step: string): StepOutcome | undefined {
    return this.outcomes.get(step);
  }

  /** What is decided of a plan's steps, by their own ids. */
  decidedOf({ plan, prefix }: PlanScope): DecidedSteps {
    const outcomes = plan.steps.flatMap(({ id }) => {
      const outcome = this.outcomes.get(prefix + id);
      return outcome ? [[id, outcome] as const] : [];
    });
    const failures = plan.steps.flatMap(({ id }) =>
      this.failures.has(prefix + id) ? [{ step: id, error: this.failures.get(prefix + id) }] : [],
    );
    return { outcomes: Object.fromEntries(outcomes), failures };
  }

  /** Resolves once it is stored. */
  async keep(step: string, outcome: StepOutcome): Promise<void> {
    this.outcomes.set(step, outcome);
    this.recorder.outcome(sealOutcome(this.sealer, this.tenantId, step, outcome));
    await this.recorder.flush();
  }

  async keepFailure(step: string, failure: SealedFailure): Promise<void> {
    this.failures.set(step, new FailedBefore(failure));
    this.recorder.outcome(storedFailure(this.sealer, this.tenantId, step, failure));
    await this.recorder.flush();
  }
}
