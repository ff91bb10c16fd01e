import { entrypoint, getConfig, GraphInterrupt, task } from '@langchain/langgraph';
import type { Flow, FlowStep } from '../run/flow';
import type { FlowResult } from '../run/flow-result';
import type { FlowRun } from '../run/flow-run';
import { FlowTally } from '../run/flow-tally';
import { runWithPromises } from '../run/promise-oracle';
import { runStep } from '../run/run-step';
import { Semaphore } from '../run/semaphore';
import type { StepOutcome } from '../run/step-outcome';

/** How a task says that it can't finish now, without harm to its siblings: a plain error would abort them. */
const blocked = () => new GraphInterrupt([]);

/**
 * Runs a flow on LangGraph's functional API as a data-flow executor: one task per step, all created up-front in the flow's order, each
 * waiting for its own sources only. A failed or waiting step blocks what follows it and nothing else. What is decided already is not run
 * again: whoever keeps outcomes goes on with them after a crash, a pause, or in another run. A single step has nothing to coordinate, so
 * it runs by itself: a graph around it costs a hundred times what it does.
 */
export async function runFlow<Step extends FlowStep>(flow: Flow<Step>, run: FlowRun<Step>): Promise<FlowResult> {
  if (flow.steps.length === 1) return runWithPromises(flow, run);
  const tally = new FlowTally(flow, run.decided);
  const { handler, events = {}, errorValue, patience } = run;
  // LangGraph's own limit drops tasks instead of queueing them.
  const limit = new Semaphore(run.concurrency ?? 8);
  const never = new AbortController().signal;

  const begin = (step: Step, promises: ReadonlyMap<string, Promise<StepOutcome>>) =>
    task({ name: step.id }, async (): Promise<StepOutcome> => {
      const sources = await Promise.allSettled(step.dependsOn.map((id) => promises.get(id)));
      if (sources.some(({ status }) => status === 'rejected')) throw blocked();
      const signal = getConfig()?.signal ?? run.signal ?? never;
      try {
        return tally.finished(
          step,
          await runStep(step, tally.outcomes, { handler, events, limit, signal, errorValue, patience }),
        );
      } catch (error) {
        if (signal.aborted) throw error;
        tally.stopped(step, error);
        throw blocked();
      }
    })();

  const graph = entrypoint('flow', async (_input: object) => {
    const promises = new Map<string, Promise<StepOutcome>>();
    for (const step of flow.steps) {
      const promise = (async () => (tally.isDecided(step) ? earlier(tally.outcomeOf(step)) : begin(step, promises)))();
      promise.catch(() => undefined);
      promises.set(step.id, promise);
    }
    await Promise.allSettled(promises.values());
    return {};
  });

  try {
    await graph.invoke({}, { signal: run.signal });
  } catch (error) {
    if (!run.signal?.aborted) throw error;
  }
  return tally.result(run.signal?.aborted ?? false);
}

async function earlier(outcome: StepOutcome | undefined): Promise<StepOutcome> {
  if (!outcome) throw blocked();
  return outcome;
}
