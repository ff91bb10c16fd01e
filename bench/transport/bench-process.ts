import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export const BENCH_KEYS = `bench:${Buffer.alloc(32, 1).toString('base64')}`;

interface Report {
  ready: true;
  address?: string;
}

/** One process of a benchmark. `address` is where it listens, if it does. */
export interface BenchProcess {
  address: string;
  stop(): Promise<void>;
}

/** Tells the benchmark that this process is ready. */
export function report(message: Report): void {
  process.send?.(message);
}

/** Starts `<name>.main` beside this file and waits until it is ready. */
export async function startProcess(name: 'service' | 'gateway', ...args: string[]): Promise<BenchProcess> {
  const child = fork(join(__dirname, `${name}.main.js`), args);
  const ended = once(child, 'exit');
  const [message] = await Promise.race([
    once(child, 'message'),
    ended.then(() => Promise.reject(new Error(`The ${name} of the benchmark ended while starting`))),
  ]);
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { address: (message as Report).address ?? '', stop };
}

/** Nest's own Redis transport takes the parts of the address. */
export function redisOptionsOf(url: string): { host: string; port: number; password?: string } {
  const { hostname, port, password } = new URL(url);
  return { host: hostname, port: Number(port), password: password || undefined };
}
