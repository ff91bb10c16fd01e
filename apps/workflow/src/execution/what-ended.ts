import { AppError } from '@snowflow/contracts/errors/app-error';
import { StepPaused } from '@snowflow/engine/run/step-paused';

/** Whether the person's session in Snowflake is over, before a statement left or, with `leftOpen`, after it. */
export function isSessionEnd(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  return error.code === 'SNOWFLAKE_SESSION_ENDED' || isSessionEnd(error.cause);
}

/** The session has ended, or its role is not granted any more. */
export const isAccessEnd = (error: unknown): boolean =>
  isSessionEnd(error) || (error instanceof AppError && error.code === 'ROLE_REVOKED');

/** A write that was with Snowflake when its person lost access may have been applied. */
export function leftOpen(cause: unknown): AppError {
  const ended = isSessionEnd(cause) ? 'The Snowflake session of this run ended' : 'The role of this run was revoked';
  return new AppError(
    'OUTCOME_UNKNOWN',
    `${ended} while this statement was under way, so whether it was applied is not known. Check the table, then sign in and run anew.`,
    {},
    { cause },
  );
}

/** What ended between two steps is told as that. A run that may rest waits for a session to go on in. */
export async function whatEnded(error: unknown, mayRest: () => Promise<boolean>): Promise<never> {
  if (!(error instanceof AppError)) throw error;
  if (isSessionEnd(error) && (await mayRest())) throw new StepPaused({ for: 'session' });
  if (error.code === 'SNOWFLAKE_SESSION_ENDED') {
    throw new AppError(
      error.code,
      'The Snowflake session of this run has ended, so its next statement could not be sent. Sign in and run it again.',
      error.details,
    );
  }
  if (error.code === 'ROLE_REVOKED') {
    throw new AppError(error.code, `This step was not run. ${error.message}`, error.details);
  }
  throw error;
}
