import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { DOCS_PATH } from '../openapi/api-document';

const API_POLICY = "default-src 'none'; frame-ancestors 'none'";
/** Those of an answer that is written before any hook has run. */
export const BARE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': API_POLICY,
  'referrer-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
/** Swagger's page brings style elements and data pictures of its own; its scripts are files. */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Headers that every answer carries; a page with a policy of its own keeps it. */
export async function addSecurityHeaders(instance: FastifyInstance): Promise<void> {
  await instance.register(helmet, {
    contentSecurityPolicy: false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  });
  instance.addHook('onSend', async (request, reply) => {
    if (reply.hasHeader('content-security-policy')) return;
    reply.header('content-security-policy', request.url.startsWith(`/${DOCS_PATH}`) ? DOCS_POLICY : API_POLICY);
  });
}
