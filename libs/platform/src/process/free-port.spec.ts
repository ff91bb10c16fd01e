import { createServer } from 'node:net';
import { once } from 'node:events';
import { freePorts, portIsFree } from './free-port';

describe('Free ports', () => {
  it('are different, free, and none that an outgoing connection may be given', async () => {
    const ports = await freePorts(40);
    expect(new Set(ports).size).toBe(40);
    expect(ports.filter((port) => port < 15_000 || port >= 32_000)).toEqual([]);
    expect(await Promise.all(ports.map((port) => portIsFree(port, '127.0.0.1')))).toEqual(ports.map(() => true));
  });

  it('are given once, to whoever asks: before they are listened on, and after', async () => {
    const askers = Array.from({ length: 8 }, asIfInAnotherProcess);
    const given = await Promise.all([...askers, ...askers].map((asker) => asker.freePorts(30)));
    expect(new Set(given.flat()).size).toBe(16 * 30);
  });

  it('are none that somebody listens on', async () => {
    const [port = 0] = await freePorts(1);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    expect(await portIsFree(port, '127.0.0.1')).toBe(false);
    server.close();
  });
});

/** Shares nothing with another of these, as two processes don't. */
function asIfInAnotherProcess(): typeof import('./free-port') {
  const instances: (typeof import('./free-port'))[] = [];
  jest.isolateModules(() => {
    instances.push(jest.requireActual<typeof import('./free-port')>('./free-port'));
  });
  return instances[0] as typeof import('./free-port');
}
