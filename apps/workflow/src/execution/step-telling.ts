import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { PlannedFlowStep } from '@snowflow/engine/compile/flow-of-plan';
import type { PlanStep } from '@snowflow/engine/plan/plan';
import type { StepOutcome } from '@snowflow/engine/run/step-outcome';
import type { StepWait } from '@snowflow/engine/run/step-paused';
import type { StepEvents } from '@snowflow/engine/run/step-ports';
import type { RunRecorder } from './run-recorder';
import { sealFailure } from './sealed-failure';
import { sealOutcome, storedFailure } from './sealed-outcome';
import { sealedWait } from './sealed-wait';

/** Turns what happens to steps into what is stored of it: before a step goes on, what it came to is on disk. */
export class StepTelling {
  /** `isOnlyStep`: what is left to write of a run's only step goes with the run's end. */
  constructor(
    private readonly recorder: RunRecorder,
    private readonly sealer: Sealer,
    private readonly tenantId: string,
    private readonly isOnlyStep: boolean,
  ) {}

  readonly events: StepEvents<PlannedFlowStep> = {
    started: ({ planned }, attempt) => this.recorder.stepStarted(planned, attempt),
    waiting: ({ planned }, wait) => this.waiting(planned, wait),
    finished: (step, outcome) => this.finished(step, outcome),
    failed: (step, error) => this.failed(step, error),
  };

  /** Who decides sees it at once, whatever else still runs. */
  private async waiting(planned: PlanStep, wait: StepWait): Promise<void> {
    this.recorder.stepWaiting(planned, sealedWait(this.sealer, this.tenantId, planned.id, wait));
    if (!this.isOnlyStep) await this.recorder.flush();
  }

  private async finished({ planned }: PlannedFlowStep, outcome: StepOutcome): Promise<void> {
    this.recorder.stepFinished(planned, outcome);
    this.recorder.outcome(sealOutcome(this.sealer, this.tenantId, planned.id, outcome));
    if (!this.isOnlyStep) await this.recorder.flush();
  }

  private async failed({ planned, onError }: PlannedFlowStep, error: unknown): Promise<void> {
    const failure = sealFailure(this.sealer, this.tenantId, error, planned.endsAt);
    this.recorder.stepFailed(planned, failure);
    // One that goes on has an outcome, which is told next.
    if (onError === 'continue') return;
    this.recorder.outcome(storedFailure(this.sealer, this.tenantId, planned.id, failure));
    if (!this.isOnlyStep) await this.recorder.flush();
  }
}
