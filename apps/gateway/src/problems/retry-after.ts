import type { AppError } from '@snowflow/contracts/errors/app-error';

/** The header that says when to come again, in whole seconds; none where the error names no time. */
export function retryAfterOf({ details }: AppError): Record<string, string> {
  const { retryAfterSeconds } = details;
  return retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds))) };
}
