import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 500;
const WITHIN_MS = 240_000;

/** Asks until the attempt throws no more. What it threw last is the error, `what` its subject. */
export async function waitUntilReady(what: string, attempt: () => Promise<unknown> | unknown): Promise<void> {
  const endsAt = Date.now() + WITHIN_MS;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (Date.now() > endsAt) {
        throw new Error(`${what} was not ready within ${WITHIN_MS / 1000} s`, { cause: error });
      }
    }
    await sleep(EVERY_MS);
  }
}

/** An attempt to get a page. */
export async function page(url: string): Promise<void> {
  const { status } = await fetch(url, { signal: AbortSignal.timeout(3_000) });
  if (status !== 200) throw new Error(`${url} answered ${status}`);
}
