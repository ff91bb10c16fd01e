import { Logger } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { refusedRequests } from './admission-metrics';

/** Who is turned away comes back at different times. */
const AGAIN_AFTER_SECONDS = [1, 2, 3];
const TELL_EVERY_MS = 10_000;

const logger = new Logger('Admission');
const untold: Partial<Record<RefusalReason, number>> = {};

/** Why a request is turned away: no place and no line, a process that is late, or a wait that was too long. */
export type RefusalReason = 'full' | 'late' | 'waited';

/** Says in the log every ten seconds how many were turned away, where any were: a line for each would cost more than it tells. */
export function tellRefusals(): { stop(): void } {
  const clock = setInterval(() => {
    if (Object.keys(untold).length === 0) return;
    logger.warn({ refused: { ...untold } }, 'More is asked than can be done: requests were refused');
    for (const reason of Object.keys(untold)) delete untold[reason as RefusalReason];
  }, TELL_EVERY_MS).unref();
  return { stop: () => clearInterval(clock) };
}

/** Counts one that is turned away, and is what it hears. */
export function refusal(reason: RefusalReason): AppError {
  refusedRequests.inc({ reason });
  untold[reason] = (untold[reason] ?? 0) + 1;
  return new AppError('OVERLOADED', 'Too much is going on here. Nothing was done; try again in a moment.', {
    retryAfterSeconds: AGAIN_AFTER_SECONDS[Math.floor(Math.random() * AGAIN_AFTER_SECONDS.length)],
  });
}
