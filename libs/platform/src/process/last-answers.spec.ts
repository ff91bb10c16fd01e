import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { eventually } from '@snowflow/testing/eventually';
import fastify from 'fastify';
import { closeConnectionsWith, untilLetGo } from './last-answers';

const PATIENCE_MS = 5_000;

describe('A server that stops', () => {
  it('answers what still comes over a kept connection as the last of it, and is let go then', async () => {
    let isStopping = false;
    const server = fastify();
    closeConnectionsWith(server, () => isStopping);
    server.get('/', async () => 'done');
    const url = await server.listen({ host: '127.0.0.1', port: 0 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = () =>
      new Promise<string>((resolve, reject) => {
        get(url, { agent }, (response) => {
          text(response).then((body) => resolve(`${body}, ${response.headers.connection}`), reject);
        }).once('error', reject);
      });
    expect(await ask()).toBe('done, keep-alive');
    isStopping = true;
    const startedAt = Date.now();
    const letGo = untilLetGo(server.server, PATIENCE_MS);
    expect(await ask()).toBe('done, close');
    await letGo;
    expect(Date.now() - startedAt).toBeLessThan(PATIENCE_MS);
    await server.close();
    agent.destroy();
  });

  it('does not wait for long for a connection that nobody uses, and closes it', async () => {
    const server = fastify();
    server.get('/', async () => 'done');
    const url = await server.listen({ host: '127.0.0.1', port: 0 });
    await (await fetch(url)).text();
    await untilLetGo(server.server, 50);
    await eventually(
      async () => (await new Promise((resolve) => server.server.getConnections((_, count) => resolve(count)))) === 0,
    );
    await server.close();
  });
});
