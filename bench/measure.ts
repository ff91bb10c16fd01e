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
  return summed(times, performance.now() - startedAt);
}

/** The same for as long as it takes, where one configuration is a hundred times as slow as another; each loop ends what it began. */
export async function measureFor(
  work: () => Promise<void>,
  { seconds, concurrency }: { seconds: number; concurrency: number },
): Promise<Measured> {
  const times: number[] = [];
  const loop = async (endsAt: number, hear: (ms: number) => void) => {
    do {
      const from = performance.now();
      await work();
      hear(performance.now() - from);
    } while (performance.now() < endsAt);
  };
  const loops = (forSeconds: number, hear: (ms: number) => void) =>
    Promise.all(Array.from({ length: concurrency }, () => loop(performance.now() + forSeconds * 1000, hear)));
  await loops(seconds / 4, () => undefined);
  const startedAt = performance.now();
  await loops(seconds, (ms) => times.push(ms));
  return summed(times, performance.now() - startedAt);
}

/** What times, in any order, and the time that they took together come to. */
export function summed(times: readonly number[], tookMs: number): Measured {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { perSecond: (sorted.length / tookMs) * 1000, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
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
