import { randomInt } from 'node:crypto';
import { createServer, Server } from 'node:net';

/**
 * Below the ports that systems give to outgoing connections (from 32768 on Linux): one of those may take a port between the moment in which
 * it is found free and the moment in which it is listened on.
 */
const FIRST_PORT = 15_000;
const END_PORT = 32_000;
const MOST_TRIES = 100;

/** A port of the loopback interface that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port as number;
}

/** Different free ports: all are held until all are known. */
export async function freePorts(count: number): Promise<number[]> {
  const held = new Map<number, Server>();
  try {
    for (let tries = 0; held.size < count; tries += 1) {
      const port = randomInt(FIRST_PORT, END_PORT);
      const server = held.has(port) ? undefined : await listen(port, '127.0.0.1').catch(() => undefined);
      if (server) held.set(port, server);
      else if (tries > count + MOST_TRIES) throw new Error('This machine has no free port between 15000 and 32000');
    }
    return [...held.keys()];
  } finally {
    await Promise.all([...held.values()].map(close));
  }
}

/** Whether nobody listens there; an address that this machine does not have is free too. */
export async function portIsFree(port: number, host: string): Promise<boolean> {
  try {
    await close(await listen(port, host));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EADDRINUSE';
  }
}

function listen(port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
