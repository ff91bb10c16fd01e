import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../process/free-port';
import { until } from '../process/until';
import { GuardedServer } from './guarded-server';
import { ensureRedisServer, RedisBinaryOptions } from './redis-binary';
import { stopStaleServer } from './stale-server';

const STOP_GRACE_MS = 10_000;
const START_TIMEOUT_MS = 15_000;

export interface EmbeddedRedisOptions extends RedisBinaryOptions {
  /** Where its data, configuration and log stay. */
  directory: string;
  password: string;
  /** Keeps nothing on disk. */
  inMemory?: boolean;
  /** Lets this process end while the server runs; the server then ends too. */
  background?: boolean;
  deleteAfterwards?: boolean;
}

/** A server that was started here. */
export interface EmbeddedServer {
  url: string;
  pid: number;
  /** Resolves when it has ended, asked or not. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts a private Redis on a free loopback port; one that an earlier start left behind on the same folder is ended first. */
export async function startEmbeddedRedis(options: EmbeddedRedisOptions): Promise<EmbeddedServer> {
  const command = await ensureRedisServer(options);
  const { directory } = options;
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o700);
  const configFile = join(directory, 'redis.conf');
  const pidFile = join(directory, 'redis.pid');
  await stopStale(configFile, pidFile);

  const port = await freePort();
  await writeFile(configFile, configuration(options, port, pidFile), { mode: 0o600 });
  const server = await GuardedServer.start({
    command,
    args: [configFile],
    stopSignal: 'TERM',
    logFile: join(directory, 'redis.log'),
    background: options.background,
    deleteAfterwards: options.deleteAfterwards ? directory : undefined,
  });
  const url = `redis://:${options.password}@127.0.0.1:${port}`;
  try {
    await answers(url, server);
  } catch (error) {
    await server.stop(0);
    throw error;
  }
  return { url, pid: server.pid, ended: server.ended, stop: () => server.stop(STOP_GRACE_MS) };
}

function configuration({ directory, password, inMemory }: EmbeddedRedisOptions, port: number, pidFile: string): string {
  const persistence = inMemory ? ['save ""', 'appendonly no'] : ['appendonly yes'];
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    'maxmemory-policy noeviction',
    `dir ${JSON.stringify(directory)}`,
    `pidfile ${JSON.stringify(pidFile)}`,
    'daemonize no',
    ...persistence,
    '',
  ].join('\n');
}

/** Redis shows `redis-server 127.0.0.1:<port>` as its command line, so the port of the earlier start tells it from another's. */
async function stopStale(configFile: string, pidFile: string): Promise<void> {
  const earlier = await readFile(configFile, 'utf8').catch(() => '');
  const port = /^port (\d+)$/m.exec(earlier)?.[1];
  if (port) await stopStaleServer(pidFile, `127.0.0.1:${port}`, 'SIGTERM', STOP_GRACE_MS);
}

async function answers(url: string, server: GuardedServer): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => 20, maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  try {
    const outcome = await until('Redis answers', START_TIMEOUT_MS, async () => {
      if (server.hasEnded) return 'ended';
      if (redis.status === 'wait') await redis.connect();
      // A restart loads its file first and answers LOADING meanwhile.
      return (await redis.ping()) === 'PONG' ? 'ready' : undefined;
    });
    if (outcome === 'ended') throw new Error('Redis ended while starting; its log is redis.log in its folder');
  } finally {
    redis.disconnect();
  }
}
