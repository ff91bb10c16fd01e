import type { FlowStep } from './flow';
import type { Outcomes, StepOutcome, StepResult } from './step-outcome';
import type { StepWait } from './step-paused';

/** What a handler may use besides its step. */
export interface StepContext {
  /** The outcomes of the steps it depends on. */
  inputs: Outcomes;
  /** From 1. */
  attempt: number;
  /** Aborted when the run is cancelled or given up; a handler stops what it started elsewhere. */
  signal: AbortSignal;
}

/** Executes one step. It may run again after a crash, so an effect needs a key of its own. */
export type StepHandler<Step extends FlowStep = FlowStep> = (step: Step, context: StepContext) => Promise<StepResult>;

/** Hears what happens to steps, in order per step; an event is awaited, so it may be stored before the step goes on. */
export interface StepEvents<Step extends FlowStep = FlowStep> {
  started?(step: Step, attempt: number): void | Promise<void>;
  retrying?(step: Step, attempt: number, error: unknown): void | Promise<void>;
  waiting?(step: Step, wait: StepWait): void | Promise<void>;
  /** It was skipped, or came to an end; a step that failed and goes on is told as failed first. */
  finished?(step: Step, outcome: StepOutcome): void | Promise<void>;
  failed?(step: Step, error: unknown): void | Promise<void>;
}
