import { once } from 'node:events';
import { EVERY_CONNECTION } from '@snowflow/contracts/rpc/every-connection';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { eventually } from '@snowflow/testing/eventually';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { Redis } from 'ioredis';
import { askForSignsOfLife } from './silent-redis';

describe('A listener whose Redis is gone without a word', () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  const open = new Set<Socket>();
  const line = createServer((near) => {
    const far = connect(Number(new URL(server.url).port), '127.0.0.1');
    open.add(near).add(far);
    near.on('error', () => undefined).pipe(far);
    far.on('error', () => undefined).pipe(near);
  });

  beforeAll(async () => {
    server = await startRedis();
    line.listen(0, '127.0.0.1');
    await once(line, 'listening');
  });
  afterAll(async () => {
    for (const socket of open) socket.destroy();
    line.close();
    await server.stop();
  });

  it('notices, connects anew and hears again', async () => {
    const { port } = line.address() as AddressInfo;
    const listener = new Redis(server.url.replace(/:\d+$/, `:${port}`), { ...EVERY_CONNECTION, socketTimeout: 200 });
    listener.on('error', () => undefined);
    const speaker = new Redis(server.url);
    askForSignsOfLife(listener, 50);
    const heard: string[] = [];
    listener.on('message', (_channel, message) => void heard.push(message));
    await listener.subscribe('news');
    await speaker.publish('news', 'before');
    await eventually(() => heard.includes('before'));
    for (const socket of open) socket.unpipe().pause();
    await eventually(async () => (await speaker.publish('news', 'after')) > 0 && heard.includes('after'));
    listener.disconnect();
    speaker.disconnect();
  });
});
