import { Logger } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { refusedRequests } from './admission-metrics';

/** Who is turned away comes back at different times. */
const AGAIN_AFTER_SECONDS = [1, 2, 3];
const TELL_EVERY_MS = 10_000;

const logger = new Logger('Admission');
let untold = 0;
let toldAt = -Infinity;

/** Why a request is turned away: no place and no line, a process that is late, or a wait that was too long. */
export type RefusalReason = 'full' | 'late' | 'waited';

/** Counts one that is turned away, and says now and then in the log how many they were: a line for each would cost more than it tells. */
export function refusal(reason: RefusalReason): AppError {
  refusedRequests.inc({ reason });
  untold += 1;
  if (performance.now() - toldAt >= TELL_EVERY_MS) {
    logger.warn({ refused: untold, reason }, 'More is asked than can be done: requests are refused');
    untold = 0;
    toldAt = performance.now();
  }
  return new AppError('OVERLOADED', 'Too much is going on here. Nothing was done; try again in a moment.', {
    retryAfterSeconds: AGAIN_AFTER_SECONDS[Math.floor(Math.random() * AGAIN_AFTER_SECONDS.length)],
  });
}
