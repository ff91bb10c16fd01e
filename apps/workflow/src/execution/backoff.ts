import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ErrorCode } from '@snowflow/contracts/errors/error-codes';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

/** What passes by itself once a service is there again; whether the request was done is another question. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'UNAVAILABLE',
  'OVERLOADED',
  'DEADLINE_EXCEEDED',
  'OUTCOME_UNKNOWN',
  'SNOWFLAKE_UNAVAILABLE',
  'SNOWFLAKE_UNREACHABLE',
]);

/** Whether a call failed for want of an answer rather than by its answer. */
export function isPassing(error: unknown): boolean {
  return error instanceof AppError && PASSING.has(error.code);
}

/** Asks until there is an answer or the signal says to stop, with growing waits between. */
export async function insist<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await delay(wait, undefined, { signal });
    }
  }
}
