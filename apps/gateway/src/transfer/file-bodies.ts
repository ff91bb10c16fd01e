import { AppError } from '@snowflow/contracts/errors/app-error';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { API_PREFIX } from '../openapi/api-document';

const IMPORT_PATH = `/${API_PREFIX}/workflows/import`;
const YAML = ['application/yaml', 'application/x-yaml', 'text/yaml'];
const FORM = 'multipart/form-data';

/**
 * Whether a request brings a file where one is taken: YAML, or a form. What foreign pages could send so is refused by their origin, as
 * every request that changes something.
 */
export function isFileBody({ method, url, headers }: Pick<FastifyRequest, 'method' | 'url' | 'headers'>): boolean {
  return method === 'POST' && url.split('?')[0] === IMPORT_PATH && [...YAML, FORM].includes(mediaType(headers));
}

/** Reads such bodies up to a bound of their own, into memory: nothing of a file is ever on a disk. */
export function acceptFiles(instance: FastifyInstance, limitBytes: number): void {
  instance.addHook('onRequest', async (request) => {
    if (!isFileBody(request) || Number(request.headers['content-length'] ?? 0) <= limitBytes) return;
    throw new AppError(
      'BODY_TOO_LARGE',
      `The file is larger than the ${limitBytes} bytes that are taken here. Export its workflows in parts.`,
    );
  });
  instance.addContentTypeParser(YAML, { parseAs: 'string', bodyLimit: limitBytes }, (_request, body, done) =>
    done(null, body),
  );
  instance.addContentTypeParser(FORM, { parseAs: 'buffer', bodyLimit: limitBytes }, (_request, body, done) =>
    done(null, body),
  );
}

const mediaType = (headers: FastifyRequest['headers']) =>
  (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
