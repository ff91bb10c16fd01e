import { setTimeout as delay } from 'node:timers/promises';

/** Begins `work` so many times a second whatever becomes of those before, and waits for all of them: a queue that builds up shows. */
export async function openLoop(
  work: (index: number) => Promise<void>,
  { perSecond, count }: { perSecond: number; count: number },
): Promise<void> {
  const startedAt = performance.now();
  const begun: Promise<void>[] = [];
  for (let index = 0; index < count; index++) {
    const lateMs = performance.now() - startedAt - (index * 1000) / perSecond;
    if (lateMs < 0) await delay(-lateMs);
    begun.push(work(index));
  }
  await Promise.all(begun);
}
