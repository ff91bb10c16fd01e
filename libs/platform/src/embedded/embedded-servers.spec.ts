import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { eventually } from '@snowflow/testing/eventually';
import { testEnv } from '@snowflow/testing/env';
import { startEmbeddedPostgres } from './embedded-postgres';
import { EmbeddedServer, startEmbeddedRedis } from './embedded-redis';
import { ensureRedisServer } from './redis-binary';
import { isAlive, stopStaleServer } from './stale-server';

const password = 'not-a-secret';

/** Kills the guard and its watch, as a power cut of everything but the server would: it is left without anybody. */
async function orphan(server: EmbeddedServer): Promise<void> {
  const parentOf = (pid: number) => Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)]).toString());
  const guard = parentOf(server.pid);
  const watches = execFileSync('pgrep', ['-P', String(guard)])
    .toString()
    .trim()
    .split('\n')
    .map(Number);
  for (const pid of [guard, ...watches.filter((pid) => pid !== server.pid)]) process.kill(pid, 'SIGKILL');
  await server.ended;
  expect(isAlive(server.pid)).toBe(true);
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function command(url: string, ...args: [string, ...string[]]): Promise<unknown> {
  const redis = new Redis(url);
  try {
    return await redis.call(...args);
  } finally {
    redis.disconnect();
  }
}

describe('The private servers', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'snowflow-embedded-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const redis = () => startEmbeddedRedis({ ...testEnv(), directory: join(folder, 'redis'), password });
  const postgres = () => startEmbeddedPostgres({ directory: join(folder, 'postgres'), password });

  it('Redis keeps its data over a restart, and never drops a key for space', async () => {
    const first = await redis();
    await command(first.url, 'SET', 'kept', 'yes');
    expect(await command(first.url, 'CONFIG', 'GET', 'maxmemory-policy')).toContain('noeviction');
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await redis();
    expect(await command(second.url, 'GET', 'kept')).toBe('yes');
    await second.stop();
  });

  it('Redis tells its password neither on its command line nor to others who can read files', async () => {
    const server = await redis();
    expect(execFileSync('ps', ['-o', 'command=', '-p', String(server.pid)]).toString()).not.toContain(password);
    expect((await stat(join(folder, 'redis/redis.conf'))).mode & 0o077).toBe(0);
    await server.stop();
  });

  it('Redis that was left behind is ended by the next start, which has its data', async () => {
    const lost = await redis();
    await command(lost.url, 'SET', 'late', 'yes');
    await orphan(lost);
    const next = await redis();
    expect(isAlive(lost.pid)).toBe(false);
    expect(await command(next.url, 'GET', 'late')).toBe('yes');
    await next.stop();
  });

  it('Postgres keeps its data over a restart, and over one after which it was left behind', async () => {
    const first = await postgres();
    await query(first.url, "CREATE TABLE kept AS SELECT 'yes' AS answer");
    await first.stop();
    const lost = await postgres();
    await query(lost.url, "INSERT INTO kept VALUES ('again')");
    await orphan(lost);
    const next = await postgres();
    expect(isAlive(lost.pid)).toBe(false);
    expect(await query(next.url, 'SELECT answer FROM kept')).toEqual([{ answer: 'yes' }, { answer: 'again' }]);
    await next.stop();
  }, 30_000);

  it('Postgres does not run as root and asks for its password', async () => {
    const server = await postgres();
    expect(
      execFileSync('ps', ['-o', 'user=', '-p', String(server.pid)])
        .toString()
        .trim(),
    ).not.toBe('root');
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    await server.stop();
  });

  it('leave processes alone that only got the pid of an earlier server', async () => {
    const server = await redis();
    const pidFile = join(folder, 'redis/redis.pid');
    await eventually(async () => expect(Number(await readFile(pidFile, 'utf8'))).toBe(server.pid));
    expect(await stopStaleServer(pidFile, 'another program', 'SIGTERM', 100)).toBe(false);
    expect(isAlive(server.pid)).toBe(true);
    await server.stop();
  });

  it('say in one sentence what to do where Redis is missing and must not be installed', async () => {
    const options = { path: '', mayInstall: false, say: () => undefined, systemFolders: [] };
    await expect(ensureRedisServer(options)).rejects.toThrow(/^Redis is missing: install it \(.+\) or set REDIS_URL/);
  });
});
