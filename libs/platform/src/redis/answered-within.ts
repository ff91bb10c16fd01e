import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@snowflow/contracts/errors/app-error';

const PATIENCE_MS = 2_000;

/**
 * What is read while something else waits for it does not wait for a silent Redis without end, as a patient connection does: after two
 * seconds it throws UNAVAILABLE, and who asked asks again or elsewhere. For reads only: what was sent may still be done.
 */
export async function answeredWithin<T>(reading: Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  const control = new AbortController();
  const silence = delay(patienceMs, undefined, { signal: control.signal }).then(() => {
    throw new AppError('UNAVAILABLE', 'Redis does not answer. Try again in a moment.', { retryAfterSeconds: 1 });
  });
  try {
    return await Promise.race([reading, silence]);
  } finally {
    control.abort();
  }
}
