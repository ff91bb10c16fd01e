import { setTimeout as delay } from 'node:timers/promises';

/**
 * Repeats a question until it neither throws nor answers false, and gives its answer; so it may hold assertions.
 * After `timeoutMs` it fails with the last error.
 */
export async function eventually<T>(
  ask: () => T | Promise<T>,
  timeoutMs = 10_000,
  everyMs = 25,
): Promise<Exclude<T, false>> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    let failure: unknown = new Error(`Still false after ${timeoutMs} ms`);
    try {
      const answer = await ask();
      if (answer !== false) return answer as Exclude<T, false>;
    } catch (error) {
      failure = error;
    }
    if (Date.now() >= end) throw failure;
    await delay(everyMs);
  }
}
