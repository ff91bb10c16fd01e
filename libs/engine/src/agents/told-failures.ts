import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ErrorCode } from '@snowflow/contracts/errors/error-codes';

/** Failures that no other call mends: they end the agent's step, or the run. */
const ENDING: ReadonlySet<ErrorCode> = new Set([
  'BUDGET_EXCEEDED',
  'SESSION_ENDED',
  'SNOWFLAKE_SESSION_ENDED',
  'ROLE_REVOKED',
  'UNAUTHENTICATED',
  'INTERNAL',
]);

/** Whether a failed call is for the model to hear of; everything else ends the agent. */
export const isTold = (error: unknown): error is AppError => error instanceof AppError && !ENDING.has(error.code);
