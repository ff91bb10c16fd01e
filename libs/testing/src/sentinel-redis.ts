import { ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureRedisServer } from '@snowflow/platform/embedded/redis-binary';
import { freePorts } from '@snowflow/platform/process/free-port';
import { Redis } from 'ioredis';
import { testEnv } from './env';
import { eventually } from './eventually';

const HOST = '127.0.0.1';
const MASTER = 'snowflow';
const SENTINELS = 3;
const READY_MS = 60_000;

/** A master, its replica and three sentinels with passwords, which a test may take the master from. It ends with `stop()`. */
export class SentinelRedis {
  private readonly processes = new Map<number, ChildProcess>();
  private readonly password = randomBytes(18).toString('hex');
  private readonly sentinelPassword = randomBytes(18).toString('hex');

  private constructor(
    private readonly binary: string,
    private readonly directory: string,
    private readonly sentinels: readonly number[],
  ) {}

  /** Resolves when the replica has what its master has, and the sentinels know both and each other. */
  static async start(): Promise<SentinelRedis> {
    const [master = 0, replica = 0, ...sentinels] = await freePorts(2 + SENTINELS);
    const directory = await mkdtemp(join(tmpdir(), 'snowflow-sentinel-'));
    const redis = new SentinelRedis(await ensureRedisServer(testEnv()), directory, sentinels);
    try {
      await redis.run(master);
      await redis.run(replica, `replicaof ${HOST} ${master}`);
      await redis.linked(replica);
      for (const port of sentinels) await redis.watch(port, master);
      for (const port of sentinels) await redis.watched(port);
    } catch (error) {
      await redis.stop();
      throw error;
    }
    return redis;
  }

  /** As `REDIS_URL` takes it. */
  get url(): string {
    const addresses = this.sentinels.map((port) => `${HOST}:${port}`).join(',');
    return `redis+sentinel://:${this.password}@${addresses}/${MASTER}?sentinelPassword=${this.sentinelPassword}`;
  }

  /** What must be found nowhere else. */
  get passwords(): readonly string[] {
    return [this.password, this.sentinelPassword];
  }

  /** The port of the master that most sentinels name. */
  async master(): Promise<number> {
    const named = await Promise.all(this.sentinels.map((port) => this.asking(port, this.sentinelPassword, masterOf)));
    const [first = 0, second = 0, third = 0] = named;
    return first === second || first === third ? first : second;
  }

  /** Resolves when this is so of the present master. */
  masterHas(isSo: (master: Redis) => Promise<boolean>): Promise<true> {
    return eventually(async () => this.asking(await this.master(), this.password, isSo), READY_MS);
  }

  /** Resolves when all that was written so far stands in the replica too. */
  async replicated(): Promise<void> {
    const master = await this.master();
    await this.asking(master, this.password, async (redis) => {
      // What is waited for are the writes of the connection that asks.
      await redis.set('spec:replicated', '1');
      if ((await redis.wait(1, READY_MS)) !== 1) throw new Error('The replica lags behind');
    });
  }

  /** Ends the master by a signal, SIGSTOP included, and answers its port. */
  async strike(signal: NodeJS.Signals): Promise<number> {
    const master = await this.master();
    await this.end(master, signal);
    return master;
  }

  /** Starts again what was struck, as the master that it believes to be. */
  async revive(port: number): Promise<void> {
    if (this.isRunning(port)) this.processes.get(port)?.kill('SIGCONT');
    else await this.run(port);
  }

  /** Resolves when the sentinels name another master than this. */
  replaced(port: number): Promise<true> {
    return eventually(async () => (await this.master()) !== port || false, READY_MS);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.processes.keys()].map((port) => this.end(port, 'SIGKILL')));
    await rm(this.directory, { recursive: true, force: true });
  }

  private run(port: number, ...more: readonly string[]): Promise<void> {
    return this.launch(port, this.password, [
      'save ""',
      `dbfilename ${port}.rdb`,
      'maxmemory-policy noeviction',
      `masterauth ${this.password}`,
      // Else a replica waits five seconds for others that might come.
      'repl-diskless-sync-delay 0',
      ...more,
    ]);
  }

  private watch(port: number, master: number): Promise<void> {
    return this.launch(
      port,
      this.sentinelPassword,
      [
        `sentinel monitor ${MASTER} ${HOST} ${master} 2`,
        `sentinel auth-pass ${MASTER} ${this.password}`,
        `sentinel down-after-milliseconds ${MASTER} 1000`,
        `sentinel failover-timeout ${MASTER} 4000`,
      ],
      '--sentinel',
    );
  }

  /** Settings stand in a file, for sentinels rewrite theirs, and passwords are nothing for a command line. */
  private async launch(port: number, password: string, settings: readonly string[], ...more: string[]): Promise<void> {
    const file = join(this.directory, `${port}.conf`);
    const common = [`bind ${HOST}`, `port ${port}`, `dir ${this.directory}`, `requirepass ${password}`];
    await writeFile(file, [...common, ...settings, ''].join('\n'), { mode: 0o600 });
    this.processes.set(port, spawn(this.binary, [file, ...more], { stdio: 'ignore' }));
    await eventually(() => this.asking(port, password, async (redis) => (await redis.ping()) === 'PONG'), READY_MS);
  }

  /** Resolves when this server is a replica that has what its master has. */
  linked(replica: number): Promise<true> {
    const isLinked = async (redis: Redis) => (await redis.info('replication')).includes('master_link_status:up');
    return eventually(() => this.asking(replica, this.password, isLinked), READY_MS);
  }

  private watched(port: number): Promise<true> {
    return eventually(async () => {
      const info = await this.asking(port, this.sentinelPassword, (redis) => redis.info('sentinel'));
      return info.includes(`status=ok`) && info.includes(`slaves=1,sentinels=${SENTINELS}`);
    }, READY_MS);
  }

  private async asking<T>(port: number, password: string, ask: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis({
      host: HOST,
      port,
      password,
      lazyConnect: true,
      retryStrategy: null,
      enableReadyCheck: false,
    });
    redis.on('error', () => undefined);
    try {
      return await ask(redis);
    } finally {
      redis.disconnect();
    }
  }

  private async end(port: number, signal: NodeJS.Signals): Promise<void> {
    const process = this.processes.get(port);
    if (!process || !this.isRunning(port)) return;
    const ended = signal === 'SIGSTOP' ? undefined : once(process, 'exit');
    process.kill(signal);
    await ended;
  }

  private isRunning(port: number): boolean {
    const process = this.processes.get(port);
    return process !== undefined && process.exitCode === null && process.signalCode === null;
  }
}

async function masterOf(sentinel: Redis): Promise<number> {
  const address: unknown = await sentinel.call('SENTINEL', 'get-master-addr-by-name', MASTER);
  return Array.isArray(address) ? Number(address[1]) : 0;
}
