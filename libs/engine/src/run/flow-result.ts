import type { Outcomes } from './step-outcome';
import type { StepWait } from './step-paused';

/** How a flow ended. Steps that are neither in `outcomes` nor in `failures` or `pauses` never ran: something before them failed or waits. */
export interface FlowResult {
  /** `waiting` as long as a step waits, whatever else failed: it may still go on. */
  state: 'succeeded' | 'failed' | 'waiting' | 'aborted';
  outcomes: Outcomes;
  /** In the order of the flow's steps. */
  failures: readonly StepFailure[];
  pauses: readonly StepPause[];
}

export interface StepFailure {
  step: string;
  error: unknown;
}

export interface StepPause {
  step: string;
  wait: StepWait;
}

/** What was decided in an earlier execution of the same flow: these steps are not run again. */
export interface DecidedSteps {
  outcomes: Outcomes;
  failures: readonly StepFailure[];
}
