import { setTimeout as delay } from 'node:timers/promises';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import type { FlowStep } from './flow';
import { isFinal } from './is-final';
import type { Patience } from './patience';
import type { Semaphore } from './semaphore';
import type { Outcomes, StepOutcome } from './step-outcome';
import { StepPaused } from './step-paused';
import type { StepEvents, StepHandler } from './step-ports';

/** What every executor gives to a step that is due. */
export interface StepRun<Step extends FlowStep> {
  handler: StepHandler<Step>;
  events: StepEvents<Step>;
  limit: Semaphore;
  signal: AbortSignal;
  patience?: Patience;
  /** What a step that failed and goes on gives at its error port. */
  errorValue?(error: unknown): StepValue;
}

/**
 * One step, all it depends on decided: skipped, or run with its retries and events. Throws the last attempt's error where the step fails,
 * unless its `onError` says to go on; StepPaused where it waits and nothing else runs; a cancelled run's error passes through unreported.
 */
export async function runStep<Step extends FlowStep>(
  step: Step,
  outcomes: Outcomes,
  run: StepRun<Step>,
): Promise<StepOutcome> {
  const { patience, signal } = run;
  if (!patience) return runOnce(step, outcomes, run);
  for (;;) {
    try {
      return await patience.during(() => runOnce(step, outcomes, run));
    } catch (error) {
      if (!(error instanceof StepPaused) || !(await patience.stay(error.wait.until, signal))) throw error;
    }
  }
}

async function runOnce<Step extends FlowStep>(
  step: Step,
  outcomes: Outcomes,
  run: StepRun<Step>,
): Promise<StepOutcome> {
  if (step.isLive && !step.isLive(outcomes)) {
    const skipped: StepOutcome = { state: 'skipped', ms: 0 };
    await run.events.finished?.(step, skipped);
    return skipped;
  }
  const inputs = Object.fromEntries(
    step.dependsOn.flatMap((id) => (outcomes[id] ? [[id, outcomes[id]] as const] : [])),
  );
  return run.limit.run(() => attempts(step, inputs, run));
}

async function attempts<Step extends FlowStep>(step: Step, inputs: Outcomes, run: StepRun<Step>): Promise<StepOutcome> {
  const begun = performance.now();
  const elapsed = () => Math.round(performance.now() - begun);
  for (let attempt = 1; ; attempt += 1) {
    try {
      run.signal.throwIfAborted();
      await run.events.started?.(step, attempt);
      const result = await run.handler(step, { inputs, attempt, signal: run.signal });
      const outcome: StepOutcome = { ...result, state: 'succeeded', ms: elapsed() };
      await run.events.finished?.(step, outcome);
      return outcome;
    } catch (error) {
      if (run.signal.aborted) throw error;
      if (error instanceof StepPaused) {
        await run.events.waiting?.(step, error.wait);
        throw error;
      }
      if (attempt < (step.retry?.attempts ?? 1) && !isFinal(error)) {
        await run.events.retrying?.(step, attempt, error);
        await delay((step.retry?.backoffMs ?? 0) * 2 ** (attempt - 1), undefined, { signal: run.signal });
        continue;
      }
      await run.events.failed?.(step, error);
      if (step.onError !== 'continue') throw error;
      const value = run.errorValue?.(error);
      const continued: StepOutcome = { state: 'continued', ports: ['error'], ms: elapsed() };
      const outcome = value === undefined ? continued : { ...continued, value };
      await run.events.finished?.(step, outcome);
      return outcome;
    }
  }
}
