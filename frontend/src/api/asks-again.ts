import { ApiError } from './api-error';

const TRIES_WITHOUT_ANSWER = 2;
const TRIES_WHEN_BUSY = 4;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 20_000;

/** How long a server that is too busy asks to wait, in milliseconds; undefined where it refused for good, or for longer than anybody waits. */
export function busyForMs(error: unknown): number | undefined {
  if (!(error instanceof ApiError) || (error.status !== 429 && error.status !== 503)) return undefined;
  const waitMs = (error.retryAfterSeconds ?? Number.NaN) * 1000;
  return waitMs <= LONGEST_WAIT_MS ? waitMs : undefined;
}

/** Whether a read is asked again: where there was no answer, and where the server said when. Other refusals are final. */
export function asksAgain(failures: number, error: unknown): boolean {
  if (busyForMs(error) !== undefined) return failures < TRIES_WHEN_BUSY;
  return failures < TRIES_WITHOUT_ANSWER && !(error instanceof ApiError);
}

/** When: as late as the server asks and up to half as much later, so that not all come back at once. */
export function asksAgainAfterMs(failures: number, error: unknown, random = Math.random): number {
  const waitMs = busyForMs(error);
  return waitMs === undefined ? FIRST_WAIT_MS * 2 ** failures : waitMs * (1 + random() / 2);
}
