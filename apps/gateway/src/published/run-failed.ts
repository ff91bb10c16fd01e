import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PublishedRunReply } from '@snowflow/contracts/workflow/publication.dto';

/** Why, only its owner reads: what Snowflake says of a statement may quote data. */
export function runFailed({ runId, status, code }: PublishedRunReply): AppError {
  const message = `The run ${runId} ${status === 'cancelled' ? 'was cancelled' : 'failed'}. Its owner sees why on the page of the run.`;
  return new AppError('RUN_FAILED', message, {
    extensions: { runId, ...(code === undefined ? {} : { reason: code }) },
  });
}
