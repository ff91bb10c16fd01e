import type { Outcomes } from './step-outcome';

/** How a flow ended. Steps that are neither in `outcomes` nor in `failures` never ran: something before them failed or waits. */
export interface FlowResult {
  state: 'succeeded' | 'failed' | 'waiting' | 'aborted';
  outcomes: Outcomes;
  /** In the order of the flow's steps. */
  failures: readonly StepFailure[];
}

export interface StepFailure {
  step: string;
  error: unknown;
}
