import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { servePage } from './index-page';

const NOT_OURS = /^\/(?:api|health)(?:\/|$)/;
const HASHED = /^\/assets\//;
const YEAR_MS = 365 * 24 * 3600 * 1000;

/** Serves the built frontend: its files as they are, its page for every address that a browser opens. */
export async function serveFrontend(instance: FastifyInstance, directory: string): Promise<void> {
  const root = resolve(directory);
  await instance.register(fastifyStatic, { root, serve: false, dotfiles: 'ignore', index: false });
  instance.get('/*', async (request, reply) => {
    const path = new URL(request.url, 'http://gateway').pathname;
    if (NOT_OURS.test(path)) return reply.callNotFound();
    if (path === '/' || path === '/index.html' || isNavigation(request, path)) return sendPage(root, reply);
    const isHashed = HASHED.test(path);
    return reply.sendFile(decodeURIComponent(path.slice(1)), { immutable: isHashed, maxAge: isHashed ? YEAR_MS : 0 });
  });
}

/** A person opening /workflows/wf_… gets the app; a missing script or picture stays missing. */
function isNavigation(request: FastifyRequest, path: string): boolean {
  return !/\.[a-z0-9]{1,8}$/i.test(path) && (request.headers.accept ?? '').includes('text/html');
}

async function sendPage(root: string, reply: FastifyReply): Promise<FastifyReply> {
  const built = await readFile(join(root, 'index.html'), 'utf8').catch(() => undefined);
  if (built === undefined) return reply.callNotFound() as never;
  const { html, policy } = servePage(built);
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .send(html);
}
