import { randomInt } from 'node:crypto';
import { createServer, Server } from 'node:net';

/** Below the ports that systems give to outgoing connections (from 32768 on Linux), which may take any of those at any moment. */
const FIRST_PORT = 15_000;
const BLOCK_SIZE = 25;
const BLOCKS = 680;
const LOOPBACK = '127.0.0.1';

/**
 * Ports that this process alone gives out: it listens on the one before them for as long as it lives. A port is listened on only some
 * time after it was found free, or again after its program was killed; nobody else that asks here is given it meanwhile.
 */
interface Block {
  next: number;
  end: number;
}

let block: Block | undefined;
let turn: Promise<unknown> = Promise.resolve();

/** A port of the loopback interface that nobody listens on, and that is given to nobody else while this process lives. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port as number;
}

/** Several of them, all different. Throws when all ports that may be given are. */
export function freePorts(count: number): Promise<number[]> {
  const ports = turn.then(() => take(count));
  turn = ports.catch(() => undefined);
  return ports;
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

async function take(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    if (!block || block.next === block.end) block = await claimBlock();
    const port = block.next++;
    if (await portIsFree(port, LOOPBACK)) ports.push(port);
  }
  return ports;
}

async function claimBlock(): Promise<Block> {
  const first = randomInt(BLOCKS);
  for (let index = 0; index < BLOCKS; index += 1) {
    const start = FIRST_PORT + ((first + index) % BLOCKS) * BLOCK_SIZE;
    const flag = await listen(start, LOOPBACK).catch(() => undefined);
    if (!flag) continue;
    flag.on('connection', (socket) => socket.destroy()).unref();
    return { next: start + 1, end: start + BLOCK_SIZE };
  }
  throw new Error('This machine has no free port between 15000 and 32000');
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
