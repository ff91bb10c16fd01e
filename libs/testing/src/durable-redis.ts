import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { ensureRedisServer } from '@snowflow/platform/embedded/redis-binary';
import { testEnv } from './env';
import { eventually } from './eventually';
import { everythingWrittenIn } from './everything-written';
import { freePort } from './free-port';

/** A Redis with an append-only file that a drill can kill and start again on the same port and data. */
export class DurableRedis {
  private process: ChildProcess | undefined;

  private constructor(
    private readonly directory: string,
    private readonly port: number,
  ) {}

  static async start(): Promise<DurableRedis> {
    const redis = new DurableRedis(await mkdtemp(join(tmpdir(), 'snowflow-redis-')), await freePort());
    await redis.run();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Ends it by a signal and starts it again after a while. */
  async restart(signal: NodeJS.Signals, awayMs = 0): Promise<void> {
    await this.end(signal);
    await delay(awayMs);
    await this.run();
  }

  /** It keeps its connections and answers nothing, until it is thawed. */
  freeze(): void {
    this.process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.process?.kill('SIGCONT');
  }

  /** From here on it takes no writes, as one whose memory is used up; `makeRoom` ends that. */
  fill(): Promise<void> {
    return this.configure('maxmemory', '1');
  }

  makeRoom(): Promise<void> {
    return this.configure('maxmemory', '0');
  }

  /** All that its append-only files and a snapshot hold, what was deleted since included. */
  async everythingWritten(): Promise<string> {
    const client = new Redis(this.url);
    try {
      await client.save();
    } finally {
      client.disconnect();
    }
    return everythingWrittenIn(this.directory);
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
    await rm(this.directory, { recursive: true, force: true });
  }

  private async configure(name: string, value: string): Promise<void> {
    const client = new Redis(this.url);
    try {
      await client.config('SET', name, value);
    } finally {
      client.disconnect();
    }
  }

  /** Starts it on its port and data. */
  async run(): Promise<void> {
    const options = ['--bind', '127.0.0.1', '--port', String(this.port), '--dir', this.directory];
    const durable = ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction', '--save', ''];
    // Texts stand in a snapshot as they are, so that a test can look for them.
    const legible = ['--rdbcompression', 'no'];
    this.process = spawn(await ensureRedisServer(testEnv()), [...options, ...durable, ...legible], { stdio: 'ignore' });
    const client = new Redis(this.url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    try {
      await eventually(async () => (await client.ping()) === 'PONG');
    } finally {
      client.disconnect();
    }
  }

  /** Ends it by a signal; it is away until it is run. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill(signal);
    await ended;
  }
}
