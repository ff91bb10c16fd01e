import { ApiError, messageOf } from '../../api/api-error';

/** A sentence about a run that was not started, and what is wrong with what was given. */
export function refusalOf(error: unknown): string {
  const { problems, errors = [] } = error instanceof ApiError ? error.body : {};
  if (problems) return 'The workflow has problems, so it was not run. Open it in the builder to see them.';
  return [messageOf(error), ...errors.map(({ path, message }) => `${path}: ${message}.`)].join(' ');
}
