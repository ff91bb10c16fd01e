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
  /** Why no other may begin once an item has ended so. */
  refusal(index: number, end: CallEnd): Error | undefined;
}

type Ended = { end: CallEnd } | { error: unknown } | { pause: StepPaused };

/**
 * Goes through items, so many at once. One that waits holds up no other. After a failure that counts, or a refusal, no other begins; those
 * under way come to their end, and then it is thrown: the first in the order of the items.
 */
export async function runItems(
  count: number,
  { concurrency, itemErrors }: Pick<EachOptions, 'concurrency' | 'itemErrors'>,
  work: ItemWork,
  signal: AbortSignal,
): Promise<CallEnd[]> {
  const limit = new Semaphore(concurrency);
  let stopped = false;
  const endOf = async (index: number): Promise<Ended> => {
    try {
      return { end: await work.run(index) };
    } catch (error) {
      if (error instanceof StepPaused) return { pause: error };
      if (itemErrors === 'continue' && !signal.aborted && !isFinal(error))
        return { end: await work.failed(index, error) };
      return { error };
    }
  };
  const one = async (index: number): Promise<Ended | undefined> => {
    if (stopped || signal.aborted) return undefined;
    const ended = await endOf(index);
    const refusal = 'end' in ended ? work.refusal(index, ended.end) : undefined;
    stopped ||= refusal !== undefined || 'error' in ended;
    return refusal ? { error: refusal } : ended;
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
