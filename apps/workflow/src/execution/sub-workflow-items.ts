import { isFinal } from '@snowflow/engine/run/is-final';
import { Semaphore } from '@snowflow/engine/run/semaphore';
import { StepPaused } from '@snowflow/engine/run/step-paused';
import type { CallEnd, EachOptions } from '@snowflow/nodes/kit/workflow-calls';
import { mergedPause } from './merged-pause';

/** How one item is run, and how what it failed with is told. */
export interface ItemWork {
  run(index: number): Promise<CallEnd>;
  /** Of an item whose failure does not stop the others: how it ended. */
  failed(index: number, error: unknown): Promise<CallEnd>;
}

type Ended = { end: CallEnd } | { error: unknown } | { pause: StepPaused };

/**
 * Goes through items, so many at once. One that waits holds up no other. After a failure that counts no other begins; those under way come
 * to their end, and then it is thrown: the first in the order of the items.
 */
export async function runItems(
  count: number,
  { concurrency, itemErrors }: EachOptions,
  work: ItemWork,
  signal: AbortSignal,
): Promise<CallEnd[]> {
  const limit = new Semaphore(concurrency);
  let stopped = false;
  const one = async (index: number): Promise<Ended | undefined> => {
    if (stopped || signal.aborted) return undefined;
    try {
      return { end: await work.run(index) };
    } catch (error) {
      if (error instanceof StepPaused) return { pause: error };
      if (itemErrors === 'continue' && !signal.aborted && !isFinal(error))
        return { end: await work.failed(index, error) };
      stopped = true;
      return { error };
    }
  };
  const indexes = Array.from({ length: count }, (_, index) => index);
  const settled = await Promise.allSettled(indexes.map((index) => limit.run(() => one(index))));
  signal.throwIfAborted();
  const ended = settled.flatMap((item) =>
    item.status === 'rejected' ? [{ error: item.reason as unknown }] : (item.value ?? []),
  );
  const failure = ended.find((item) => 'error' in item);
  if (failure) throw failure.error;
  const pauses = ended.flatMap((item) => ('pause' in item ? [item.pause.wait] : []));
  if (pauses.length === 0) return ended.flatMap((item) => ('end' in item ? [item.end] : []));
  throw mergedPause(pauses);
}
