import { ApiError, messageOf } from '../../api/api-error';

/** A sentence about a run that was not started. */
export function refusalOf(error: unknown): string {
  const problems = error instanceof ApiError ? error.body.problems : undefined;
  return problems
    ? 'The workflow has problems, so it was not run. Open it in the builder to see them.'
    : messageOf(error);
}
