import { AppError } from '@snowflow/contracts/errors/app-error';
import { runInScope } from '@snowflow/transport/request-scope';
import type { EmbedRequest, EmbedViewer } from './embed-viewers';

/** Runs the work for the tenant of a request's embed token, with nobody signed in. */
export function asViewer<Result>(
  request: EmbedRequest,
  work: (viewer: EmbedViewer) => Promise<Result>,
): Promise<Result> {
  const viewer = request.embedViewer;
  if (!viewer) throw new AppError('UNAUTHENTICATED', 'The embed token is missing.');
  return runInScope({ context: { correlationId: request.id, tenantId: viewer.tid } }, () => work(viewer));
}
