/**
 * A signal that is aborted with a TimeoutError after `ms`. To be used wherever it becomes part of an `AbortSignal.any`, which holds its
 * parts weakly: Node 20 collects an `AbortSignal.timeout` that nothing listens to, and then nothing is ever aborted.
 */
export function timeLimit(ms: number): AbortSignal {
  const signal = AbortSignal.timeout(ms);
  signal.addEventListener('abort', () => undefined, { once: true });
  return signal;
}
