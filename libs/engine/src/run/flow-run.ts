import type { StepValue } from '@snowflow/nodes/kit/step-value';
import type { FlowStep } from './flow';
import type { DecidedSteps } from './flow-result';
import type { Patience } from './patience';
import type { StepEvents, StepHandler } from './step-ports';

/** What one execution of a flow needs. */
export interface FlowRun<Step extends FlowStep> {
  handler: StepHandler<Step>;
  events?: StepEvents<Step>;
  signal?: AbortSignal;
  /** Steps at once. */
  concurrency?: number;
  /** What an earlier execution came to: the flow goes on behind it. Who executes holds a lease on the run; that is the caller's. */
  decided?: DecidedSteps;
  /** Lets steps wait beside others that run; without it they are given up as soon as they pause. */
  patience?: Patience;
  /** What a step that failed and goes on gives at its error port. */
  errorValue?(error: unknown): StepValue;
}
