import { AppError } from '@snowflow/contracts/errors/app-error';
import type { FastifyRequest } from 'fastify';
import { isFileBody } from '../transfer/file-bodies';

const BODILESS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses bodies of another type before they are read: forms and plain text are what foreign pages can send without asking. */
export function refuseOtherMediaTypes(request: Pick<FastifyRequest, 'method' | 'headers' | 'url'>): void {
  const { method, headers } = request;
  const type = headers['content-type'];
  if (type === undefined || BODILESS.has(method) || /^application\/json\s*(?:;|$)/i.test(type)) return;
  if (isFileBody(request)) return;
  throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send application/json.');
}
