import { Patience } from '@snowflow/engine/run/patience';

/** A run as the worker that executes it holds it. */
export class RunningRun {
  /** Aborted with a RunInterruption from outside, or from within when nothing can be written any more. */
  readonly control = new AbortController();
  readonly patience = new Patience();
}
