import { UnreachableError } from './api-error';

/** Statuses of a server that is busy or starting: they say nothing about the session. */
const NOT_NOW = new Set([429, 502, 503, 504]);
const TRIES = 5;
const FIRST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 20;

/**
 * Renews the session; while the server can't say, tries again when it asks to. Answers false only where the session is over; where
 * nobody could say until the end, it throws: the session may well be alive.
 */
export async function renewPatiently(
  send: () => Promise<Response>,
  wait: (seconds: number) => Promise<void>,
): Promise<boolean> {
  let last: unknown;
  for (let tried = 1; tried <= TRIES; tried++) {
    let asked: number | undefined;
    try {
      const response = await send();
      if (!NOT_NOW.has(response.status)) return response.ok;
      last = response.status;
      asked = Number(response.headers.get('retry-after')) || undefined;
    } catch (error) {
      last = error;
    }
    if (tried < TRIES) await wait(Math.min(asked ?? FIRST_WAIT_SECONDS * 2 ** (tried - 1), LONGEST_WAIT_SECONDS));
  }
  throw new UnreachableError(last);
}
