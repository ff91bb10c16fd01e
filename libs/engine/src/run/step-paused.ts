import type { StepValue } from '@snowflow/nodes/kit/step-value';

/** What a step waits for, and until when at most. */
export interface StepWait {
  for: 'approval' | 'time' | 'session' | 'workflow';
  until?: Date;
  /** When it first began to wait; now, where it has not waited before. */
  since?: Date;
  /** What whoever decides gets to see. */
  detail?: StepValue;
}

/** Thrown by a step that can't finish now: no failure. It runs again from its top when what it waits for is there. */
export class StepPaused extends Error {
  constructor(readonly wait: StepWait) {
    super(`The step waits for ${wait.for}`);
  }
}
