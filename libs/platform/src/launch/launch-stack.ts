import { mkdir } from 'node:fs/promises';
import { EmbeddedServer, startEmbeddedRedis } from '../embedded/embedded-redis';
import { startEmbeddedPostgres } from '../embedded/embedded-postgres';
import type { RedisBinaryOptions } from '../embedded/redis-binary';
import { freePort } from '../process/free-port';
import { App, SENSITIVE, WAREHOUSE } from './apps';
import type { DataDirectory } from './data-directory';
import { plan, planProcess } from './plan';
import { loadSecrets } from './secrets';
import { SupervisedProcess, SupervisionOptions } from './supervised-process';

const READY_TIMEOUT_MS = 90_000;
const STOP_GRACE_MS = 15_000;
/** Small heaps: many processes share one machine, and each has little that lives long. */
const NODE_FLAGS = ['--max-semi-space-size=32'];

export interface LaunchOptions {
  directory: DataDirectory;
  /** The root of the build. */
  dist: string;
  /** What the operator set; it wins over what is generated here. */
  env: Record<string, string | undefined>;
  gatewayPort: number;
  /** Processes of every service and worker; without it the services share one process. */
  replicas?: number;
  /** With `replicas`: services of which there are so many instead. */
  replicasOf?: Readonly<Record<string, number>>;
  /** Without `replicas`: processes that hold all services each. One where it is left out. */
  copies?: number;
  /** Services that each have a process of their own beside every such copy. */
  apart?: readonly string[];
  /** Variables of the processes of one app, by its name: they win over all others. */
  envOf?: Readonly<Record<string, Record<string, string>>>;
  redis: RedisBinaryOptions;
  /** Starts a process again that ended unasked. */
  restart: boolean;
  /** Hears each step. */
  say(sentence: string): void;
  /** Called when a process was replaced, so that what names pids can be written anew. */
  onPidsChange?(): void;
}

/** Everything that was started, and where it is. */
export interface LaunchedStack {
  gatewayUrls: string[];
  warehouseUrl: string | undefined;
  redisUrl: string;
  databaseUrl: string;
  healthUrls: Record<string, string[]>;
  processes: readonly SupervisedProcess[];
  /** By app. */
  pids(): Record<string, number[]>;
  /** Resolves when a server that everything needs has ended unasked, with its name. */
  lost: Promise<string>;
  stop(): Promise<void>;
}

/** Starts what the environment does not name: Redis, Postgres, the local warehouse, and all services. Stops all of it on failure. */
export async function launchStack(options: LaunchOptions): Promise<LaunchedStack> {
  const servers: (EmbeddedServer & { name: string })[] = [];
  const processes: SupervisedProcess[] = [];
  const stop = async () => {
    await Promise.all(processes.map((process) => process.stop(STOP_GRACE_MS)));
    await Promise.all(servers.map((server) => server.stop()));
  };
  try {
    return await launch(options, servers, processes, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function launch(
  options: LaunchOptions,
  servers: (EmbeddedServer & { name: string })[],
  processes: SupervisedProcess[],
  stop: () => Promise<void>,
): Promise<LaunchedStack> {
  const { directory, env, say } = options;
  const secrets = await loadSecrets(directory.file('secrets.json'));
  const starting = [
    env['REDIS_URL'] ? env['REDIS_URL'] : startRedis(options, secrets.redisPassword, servers),
    env['DATABASE_URL'] ? env['DATABASE_URL'] : startPostgres(options, secrets.postgresPassword, servers),
  ];
  await Promise.allSettled(starting);
  const [redisUrl, databaseUrl] = (await Promise.all(starting)) as [string, string];

  const services = await plan(options);
  const shared = {
    ...secrets.env,
    // An operator behind a proxy says where browsers really come in; else it is the first gateway.
    PUBLIC_URL: services.gatewayUrls[0] ?? '',
    ...defined(env),
    ...services.env,
    REDIS_URL: redisUrl,
    DATABASE_URL: databaseUrl,
  };
  const supervise = (planned: Awaited<ReturnType<typeof planProcess>>, extra: Record<string, string>) => {
    const child = new SupervisedProcess(
      planned,
      supervision(options, { ...environmentOf(planned.apps, shared), ...extra }),
    );
    processes.push(child);
    child.start();
    return child;
  };

  let warehouseUrl: string | undefined;
  const waits: Promise<void>[] = [];
  if (env['DEMO'] !== 'off') {
    const port = await freePort();
    warehouseUrl = `http://127.0.0.1:${port}`;
    await mkdir(directory.file('warehouse'), { recursive: true, mode: 0o700 });
    const warehouseEnv = { WAREHOUSE_PORT: String(port), WAREHOUSE_DATA_DIR: directory.file('warehouse') };
    say('Starting the demo warehouse; its first start fills the sample tables');
    waits.push(supervise(await planProcess(WAREHOUSE.name, [WAREHOUSE]), warehouseEnv).ready(READY_TIMEOUT_MS));
  }
  say('Starting the services');
  const demo: Record<string, string> = warehouseUrl
    ? { DEMO: 'on', DEMO_WAREHOUSE_URL: warehouseUrl }
    : { DEMO: 'off' };
  for (const { apps, env: own } of services.processes) {
    for (const { name } of apps) Object.assign(own, options.envOf?.[name]);
  }
  for (const planned of services.processes) waits.push(supervise(planned, demo).ready(READY_TIMEOUT_MS));
  await Promise.all(waits);

  return {
    gatewayUrls: services.gatewayUrls,
    warehouseUrl,
    redisUrl,
    databaseUrl,
    healthUrls: byApp(processes, (process, app) => process.planned.healthUrls[app]),
    processes,
    pids: () => byApp(processes, (process) => process.pid),
    lost: Promise.race(servers.map(({ ended, name }) => ended.then(() => name))),
    stop,
  };
}

async function startRedis(
  { directory, redis, say }: LaunchOptions,
  password: string,
  servers: (EmbeddedServer & { name: string })[],
): Promise<string> {
  say('Starting Redis');
  const server = await startEmbeddedRedis({ ...redis, directory: directory.file('redis'), password });
  servers.push({ ...server, name: 'Redis' });
  return server.url;
}

async function startPostgres(
  { directory, say }: LaunchOptions,
  password: string,
  servers: (EmbeddedServer & { name: string })[],
): Promise<string> {
  say('Starting Postgres');
  const server = await startEmbeddedPostgres({ directory: directory.file('postgres'), password });
  servers.push({ ...server, name: 'Postgres' });
  return server.url;
}

function supervision(options: LaunchOptions, env: Record<string, string>): SupervisionOptions {
  return {
    dist: options.dist,
    nodeFlags: NODE_FLAGS,
    env,
    logDirectory: options.directory.file('logs'),
    restart: options.restart,
    onChange: (sentence) => {
      options.say(sentence);
      options.onPidsChange?.();
    },
  };
}

/** Without the secrets that none of the apps needs. */
function environmentOf(apps: App[], env: Record<string, string>): Record<string, string> {
  const withheld = SENSITIVE.filter((name) => !apps.some(({ needs }) => needs.includes(name)));
  return Object.fromEntries(Object.entries(env).filter(([name]) => !withheld.some((secret) => secret === name)));
}

function byApp<T>(
  processes: readonly SupervisedProcess[],
  pick: (process: SupervisedProcess, app: string) => T | undefined,
): Record<string, T[]> {
  const found: Record<string, T[]> = {};
  for (const process of processes) {
    for (const { name } of process.planned.apps) {
      const value = pick(process, name);
      found[name] ??= [];
      if (value !== undefined) found[name].push(value);
    }
  }
  return found;
}

function defined(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
