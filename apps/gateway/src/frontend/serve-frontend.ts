import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { servePage } from './index-page';

const NOT_OURS = /^\/(?:api|health)(?:\/|$)/;
const HASHED = /^\/assets\//;
const EMBED = /^\/embed\/(emb_[A-Za-z0-9]{16,40})$/;
const YEAR_MS = 365 * 24 * 3600 * 1000;

/** Which origins may frame what is embedded under an id. */
type ParentsOf = (embedId: string) => Promise<readonly string[]>;

/** Serves the built frontend: its files as they are, its page for every address that a browser opens. */
export async function serveFrontend(instance: FastifyInstance, directory: string, parentsOf: ParentsOf): Promise<void> {
  const root = resolve(directory);
  await instance.register(fastifyStatic, { root, serve: false, dotfiles: 'ignore', index: false });
  instance.get('/*', async (request, reply) => {
    // Not by URL, to which the address //host/path has no path, and // is none.
    const path = request.url.split('?')[0] ?? '/';
    if (NOT_OURS.test(path)) return reply.callNotFound();
    const [, embedId] = EMBED.exec(path) ?? [];
    if (embedId !== undefined) return sendPage(root, reply, await parentsOf(embedId));
    if (path === '/' || path === '/index.html' || isNavigation(request, path)) return sendPage(root, reply);
    const isHashed = HASHED.test(path);
    return reply.sendFile(decodeURIComponent(path.slice(1)), { immutable: isHashed, maxAge: isHashed ? YEAR_MS : 0 });
  });
}

/** A person opening /workflows/wf_… gets the app; a missing script or picture stays missing. */
function isNavigation(request: FastifyRequest, path: string): boolean {
  return !/\.[a-z0-9]{1,8}$/i.test(path) && (request.headers.accept ?? '').includes('text/html');
}

/** `parents`: of a page that may be framed, which X-Frame-Options can't say. */
async function sendPage(root: string, reply: FastifyReply, parents: readonly string[] = []): Promise<FastifyReply> {
  const built = await readFile(join(root, 'index.html'), 'utf8').catch(() => undefined);
  if (built === undefined) return reply.callNotFound() as never;
  const { html, policy } = servePage(built, parents);
  if (parents.length > 0) void reply.removeHeader('x-frame-options');
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .send(html);
}
