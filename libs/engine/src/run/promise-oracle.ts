import type { Flow, FlowStep } from './flow';
import type { FlowResult } from './flow-result';
import type { FlowRun } from './flow-run';
import { FlowTally } from './flow-tally';
import { runStep } from './run-step';
import { Semaphore } from './semaphore';
import type { StepOutcome } from './step-outcome';

class Blocked extends Error {}

/**
 * The engine's semantics in plain promises: what tests compare the LangGraph executor with, what the benchmark measures its overhead
 * against, and all that a flow of one step needs.
 */
export async function runWithPromises<Step extends FlowStep>(
  flow: Flow<Step>,
  { handler, events = {}, concurrency, decided, errorValue, patience, ...options }: FlowRun<Step>,
): Promise<FlowResult> {
  const signal = options.signal ?? new AbortController().signal;
  const run = { handler, events, limit: new Semaphore(concurrency ?? 8), signal, errorValue, patience };
  const tally = new FlowTally(flow, decided);
  const promises = new Map<string, Promise<StepOutcome>>();
  for (const step of flow.steps) {
    const before = step.dependsOn.map((id) => promises.get(id));
    const promise = (async () => {
      if (tally.isDecided(step)) return tally.outcomeOf(step) ?? Promise.reject(new Blocked());
      const settled = await Promise.allSettled(before);
      if (settled.some(({ status }) => status === 'rejected')) throw new Blocked();
      try {
        return tally.finished(step, await runStep(step, tally.outcomes, run));
      } catch (error) {
        if (!signal.aborted) tally.stopped(step, error);
        throw new Blocked();
      }
    })();
    promise.catch(() => undefined);
    promises.set(step.id, promise);
  }
  await Promise.allSettled(promises.values());
  return tally.result(signal.aborted);
}
