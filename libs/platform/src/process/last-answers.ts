import type { Server } from 'node:http';
import { setImmediate as afterReading, setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

const LOOK_EVERY_MS = 20;

/**
 * From the stop on each answer is the last of its connection, and says so: the next request goes elsewhere instead of into a closed door. Also
 * those that others than Fastify give, of requests that come from then on.
 */
export function closeConnectionsWith(instance: FastifyInstance, isStopping: () => boolean): void {
  instance.server.prependListener('request', (_request, response) => {
    if (isStopping()) response.shouldKeepAlive = false;
  });
  instance.addHook('onSend', async (_request, reply) => {
    if (isStopping()) reply.header('connection', 'close');
  });
}

/**
 * Closes connections without a request, right after all that has come was read: behind a stall, as a timer finds the process, there may be
 * requests in them that nobody has looked at yet.
 */
export async function closeIdle(server: Server): Promise<void> {
  await afterReading();
  server.closeIdleConnections();
}

/**
 * Waits until no connection is left, for a while: a request that is on its way to a kept connection while that is closed fails, and no
 * client can tell whether it was done. New ones are taken meanwhile, from whoever does not know yet.
 */
export async function untilLetGo(server: Server, withinMs: number): Promise<void> {
  const open = () =>
    new Promise<number>((resolve) => server.getConnections((error, count) => resolve(error ? 0 : count)));
  for (const endsAt = Date.now() + withinMs; Date.now() < endsAt && (await open()) > 0;) await delay(LOOK_EVERY_MS);
  await closeIdle(server);
}
