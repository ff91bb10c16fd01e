import { AppError } from '@snowflow/contracts/errors/app-error';

/** One message for what does not exist and what is somebody else's, so that nobody learns which. */
export function workflowNotFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such workflow.');
}

/** As for workflows: another's run is no run. */
export function runNotFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such run.');
}

/** As for workflows: another tenant's template is no template. */
export function templateNotFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such template.');
}
