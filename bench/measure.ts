/** What one configuration of a benchmark did. Times in milliseconds. */
export interface Measured {
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
}

/** Runs `work` `count` times by `concurrency` loops, after `warmUp` unmeasured times, and says how it went. */
export async function measure(
  work: () => Promise<void>,
  { count, concurrency, warmUp = 0 }: { count: number; concurrency: number; warmUp?: number },
): Promise<Measured> {
  await inLoops(work, warmUp, concurrency);
  const times: number[] = [];
  const startedAt = performance.now();
  await inLoops(
    async () => {
      const from = performance.now();
      await work();
      times.push(performance.now() - from);
    },
    count,
    concurrency,
  );
  const seconds = (performance.now() - startedAt) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { perSecond: count / seconds, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

/** Runs `work` `count` times by `concurrency` loops. */
export async function inLoops(work: () => Promise<void>, count: number, concurrency: number): Promise<void> {
  let left = count;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (left-- > 0) await work();
    }),
  );
}
