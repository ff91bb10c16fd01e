import { execFile } from 'node:child_process';
import { chown, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from '../process/free-port';
import { until } from '../process/until';
import type { EmbeddedServer } from './embedded-redis';
import { GuardedServer } from './guarded-server';
import { Account, ownedFolder, postgresAccount, runnablePrograms } from './postgres-account';
import { findPostgresPrograms } from './postgres-programs';
import { stopStaleServer } from './stale-server';

const run = promisify(execFile);
const OWNER = 'snowflow';
const STOP_GRACE_MS = 15_000;
const START_TIMEOUT_MS = 30_000;

export interface EmbeddedPostgresOptions {
  /** Where its data and log stay; its parent must be ours. */
  directory: string;
  password: string;
  /** Trades durability for speed: for databases that a test throws away. */
  disposable?: boolean;
  /** Lets this process end while the server runs; the server then ends too. */
  background?: boolean;
  /** Where it listens; a free port without it. */
  port?: number;
}

/** Starts a private Postgres on a free loopback port; one that an earlier start left behind on the same folder is ended first. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedServer> {
  const account = await postgresAccount();
  const programs = await findPostgresPrograms();
  const bin = join(await runnablePrograms(programs.folder, programs.version, account), 'bin');
  const home = await ownedFolder(options.directory, account);
  const data = join(home, 'data');
  await stopStaleServer(join(data, 'postmaster.pid'), data, 'SIGINT', STOP_GRACE_MS);
  await initialise(bin, home, data, options.password, account);
  // What is left of a killed server may name a pid that belongs to another process by now, and Postgres would refuse to start.
  await rm(join(data, 'postmaster.pid'), { force: true });

  const port = options.port ?? (await freePort());
  const server = await GuardedServer.start({
    command: join(bin, 'postgres'),
    args: ['-D', data, ...settings(port, options.disposable ?? false).flatMap((setting) => ['-c', setting])],
    stopSignal: 'INT',
    logFile: join(home, 'postgres.log'),
    account,
    background: options.background,
    deleteAfterwards: options.disposable ? home : undefined,
  });
  const url = `postgres://${OWNER}:${options.password}@127.0.0.1:${port}/postgres`;
  try {
    await answers(url, server);
  } catch (error) {
    await server.stop(0);
    throw error;
  }
  return { url, pid: server.pid, ended: server.ended, stop: () => server.stop(STOP_GRACE_MS) };
}

async function initialise(bin: string, home: string, data: string, password: string, account?: Account): Promise<void> {
  const done = join(home, 'initialised');
  if (await exists(done)) return;
  // A start that was cut off while it made the data folder begins again.
  await rm(data, { recursive: true, force: true });
  const passwordFile = join(home, 'password');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account) await chown(passwordFile, account.uid, account.gid);
  try {
    await run(
      join(bin, 'initdb'),
      [`--pgdata=${data}`, `--username=${OWNER}`, `--pwfile=${passwordFile}`, ...INITDB_FLAGS],
      { ...account, cwd: '/', env: { LC_ALL: 'C' } },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeFile(done, '');
}

const INITDB_FLAGS = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'];

/** Small: a private server of one installation, beside everything else on one machine. */
function settings(port: number, disposable: boolean): string[] {
  return [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'shared_buffers=32MB',
    'max_connections=400',
    'max_wal_size=256MB',
    'autovacuum_max_workers=1',
    'io_workers=1',
    'max_parallel_workers=2',
    'jit=off',
    ...(disposable ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
  ];
}

async function answers(url: string, server: GuardedServer): Promise<void> {
  const outcome = await until('Postgres answers', START_TIMEOUT_MS, async () => {
    if (server.hasEnded) return 'ended';
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      return 'ready';
    } finally {
      await client.end().catch(() => undefined);
    }
  });
  if (outcome === 'ended') throw new Error('Postgres ended while starting; its log is postgres.log in its folder');
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );
