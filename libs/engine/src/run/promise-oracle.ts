import type { Flow, FlowStep } from './flow';
import type { FlowResult } from './flow-result';
import { runStep } from './run-step';
import { Semaphore } from './semaphore';
import type { StepOutcome } from './step-outcome';
import type { StepEvents, StepHandler } from './step-ports';

class Blocked extends Error {}

/**
 * The engine's semantics in plain promises, without checkpoints and pauses: what tests compare the LangGraph executor with, what the
 * benchmark measures its overhead against, and all that a flow of one step needs.
 */
export async function runWithPromises<Step extends FlowStep>(
  flow: Flow<Step>,
  handler: StepHandler<Step>,
  options: { events?: StepEvents<Step>; signal?: AbortSignal; concurrency?: number } = {},
): Promise<FlowResult> {
  const signal = options.signal ?? new AbortController().signal;
  const run = { handler, events: options.events ?? {}, limit: new Semaphore(options.concurrency ?? 8), signal };
  const outcomes: Record<string, StepOutcome> = {};
  const errors = new Map<string, unknown>();
  const promises = new Map<string, Promise<StepOutcome>>();
  for (const step of flow.steps) {
    const decided = step.dependsOn.map((id) => promises.get(id));
    const promise = (async () => {
      const settled = await Promise.allSettled(decided);
      if (settled.some(({ status }) => status === 'rejected')) throw new Blocked();
      try {
        return (outcomes[step.id] = await runStep(step, outcomes, run));
      } catch (error) {
        if (!signal.aborted) errors.set(step.id, error);
        throw new Blocked();
      }
    })();
    promise.catch(() => undefined);
    promises.set(step.id, promise);
  }
  await Promise.allSettled(promises.values());
  const failures = flow.steps.filter(({ id }) => errors.has(id)).map(({ id }) => ({ step: id, error: errors.get(id) }));
  const state = signal.aborted ? 'aborted' : failures.length > 0 ? 'failed' : 'succeeded';
  return { state, outcomes, failures };
}
