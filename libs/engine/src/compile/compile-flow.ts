import {
  entrypoint,
  getConfig,
  GraphInterrupt,
  isGraphBubbleUp,
  task,
  type BaseCheckpointSaver,
} from '@langchain/langgraph';
import type { Flow, FlowStep } from '../run/flow';
import type { FlowResult, StepFailure } from '../run/flow-result';
import { runWithPromises } from '../run/promise-oracle';
import { runStep } from '../run/run-step';
import { Semaphore } from '../run/semaphore';
import type { StepOutcome } from '../run/step-outcome';
import type { StepEvents, StepHandler } from '../run/step-ports';

/** What one run of a flow needs. */
export interface FlowRun<Step extends FlowStep> {
  handler: StepHandler<Step>;
  events?: StepEvents<Step>;
  signal?: AbortSignal;
  /** Steps at once; LangGraph's own limit drops tasks instead of queueing them. */
  concurrency?: number;
  /** With one, a run of the same thread goes on at the first unfinished step. Its lease is the caller's to hold. */
  checkpoints?: { saver: BaseCheckpointSaver; threadId: string };
}

/** Neither persisted nor fatal to siblings: how a task says that it can't finish now. A plain error would abort the others. */
const blocked = () => new GraphInterrupt([]);

/** Ends the entrypoint where a step failed, so that the thread keeps its finished steps and nothing counts as its result. */
class StepsFailed extends Error {}

/**
 * Runs a flow on LangGraph's functional API as a data-flow executor: one task per step, all created up-front in the flow's order
 * (a task's identity is its place in that order), each waiting for its own sources only. A failed step blocks what follows it and
 * nothing else. A single step without checkpoints has nothing to coordinate and nothing to resume, so it runs by itself: a graph around it
 * costs a hundred times what it does.
 */
export async function runFlow<Step extends FlowStep>(flow: Flow<Step>, run: FlowRun<Step>): Promise<FlowResult> {
  if (flow.steps.length === 1 && !run.checkpoints) return runWithPromises(flow, run.handler, run);
  const outcomes: Record<string, StepOutcome> = {};
  const errors = new Map<string, unknown>();
  const limit = new Semaphore(run.concurrency ?? 8);
  const never = new AbortController().signal;

  const begin = (step: Step, promises: ReadonlyMap<string, Promise<StepOutcome>>) =>
    task({ name: step.id }, async (): Promise<StepOutcome> => {
      const sources = await Promise.allSettled(step.dependsOn.map((id) => promises.get(id)));
      if (sources.some(({ status }) => status === 'rejected')) throw blocked();
      const signal = getConfig()?.signal ?? run.signal ?? never;
      try {
        const ports = { handler: run.handler, events: run.events ?? {}, limit, signal, isPause: isGraphBubbleUp };
        return await runStep(step, outcomes, ports);
      } catch (error) {
        if (isGraphBubbleUp(error) || signal.aborted) throw error;
        errors.set(step.id, error);
        throw blocked();
      }
    })();

  const graph = entrypoint({ name: 'flow', checkpointer: run.checkpoints?.saver }, async (_input: object) => {
    const promises = new Map<string, Promise<StepOutcome>>();
    for (const step of flow.steps) {
      const promise = (async () => (outcomes[step.id] = await begin(step, promises)))();
      promise.catch(() => undefined);
      promises.set(step.id, promise);
    }
    const settled = await Promise.allSettled(promises.values());
    if (errors.size > 0) throw new StepsFailed();
    const reasons: unknown[] = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    const pauses = reasons.filter((reason) => reason instanceof GraphInterrupt);
    if (pauses.length > 0) throw new GraphInterrupt(pauses.flatMap((pause) => pause.interrupts));
    if (reasons.length > 0) throw reasons[0];
    return { outcomes };
  });

  const finish = (state: FlowResult['state']): FlowResult => ({ state, outcomes, failures: failuresOf(flow, errors) });
  try {
    const known = run.checkpoints && (await run.checkpoints.saver.getTuple(threadOf(run.checkpoints.threadId)));
    const reply: unknown = await graph.invoke(known ? null : {}, {
      ...(run.checkpoints ? threadOf(run.checkpoints.threadId) : {}),
      signal: run.signal,
    });
    if (!isFinished(reply)) return finish('waiting');
    return { ...finish('succeeded'), outcomes: reply.outcomes };
  } catch (error) {
    if (run.signal?.aborted) return finish('aborted');
    if (error instanceof StepsFailed) return finish('failed');
    throw error;
  }
}

const threadOf = (threadId: string) => ({ configurable: { thread_id: threadId } });

/** A finished thread answers its outcomes even when nothing of it runs again; an interrupted one has no reply of its own. */
function isFinished(reply: unknown): reply is { outcomes: Record<string, StepOutcome> } {
  return typeof reply === 'object' && reply !== null && 'outcomes' in reply;
}

function failuresOf(flow: Flow, errors: ReadonlyMap<string, unknown>): StepFailure[] {
  return flow.steps.filter(({ id }) => errors.has(id)).map(({ id }) => ({ step: id, error: errors.get(id) }));
}
