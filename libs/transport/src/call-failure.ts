import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PendingCall } from './pending-calls';

/** How far a request without a reply had come. */
export type Progress = 'not-started' | 'started' | 'unknown';

/**
 * What a caller hears who got no reply: a write without a key that may have happened is never called a plain failure. `wasCut`: the line
 * was down meanwhile, so the service need not have been slow.
 */
export function failureAt(
  call: Pick<PendingCall, 'service' | 'unsafe'>,
  progress: Progress,
  wasCut: boolean,
): AppError {
  if (progress === 'not-started') {
    return new AppError('UNAVAILABLE', `${call.service} did not take the request; nothing was done. Try again.`, {
      retryAfterSeconds: 1,
    });
  }
  if (call.unsafe) return outcomeUnknown(call.service);
  if (wasCut) return notReached(call.service);
  return new AppError('DEADLINE_EXCEEDED', `${call.service} did not answer in time. Try again.`);
}

/** Redis, and with it every service, is or was away. */
export function notReached(service: string): AppError {
  return new AppError('UNAVAILABLE', `${service} is not to be reached now. Try again in a moment.`, {
    retryAfterSeconds: 2,
  });
}

/** A write may or may not have been applied. */
export function outcomeUnknown(service: string): AppError {
  return new AppError(
    'OUTCOME_UNKNOWN',
    `${service} stopped while it worked on this. It may or may not have been done: look before you try again.`,
  );
}
