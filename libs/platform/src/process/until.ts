import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again and again until the answer is neither undefined nor false, and gives it. Throws after `timeoutMs`, with the last
 * error the question threw as the cause.
 */
export async function until<T>(
  what: string,
  timeoutMs: number,
  ask: () => T | Promise<T>,
  everyMs = 20,
): Promise<Exclude<T, undefined | false>> {
  const end = Date.now() + timeoutMs;
  let cause: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer as Exclude<T, undefined | false>;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (Date.now() >= end) throw new Error(`${what}: not within ${timeoutMs} ms`, { cause });
    await delay(everyMs);
  }
}
