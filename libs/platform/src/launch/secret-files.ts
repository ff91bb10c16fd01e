import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Secrets } from './secrets';

/** Where the stores are, as the services' network names them. */
export interface StoreHosts {
  redis: string;
  postgres: string;
}

const ROOM_MODE = 0o755;
// Each room is mounted only where it is needed, and Redis and PostgreSQL read theirs as users of their own.
const FILE_MODE = 0o444;

/**
 * What an installation of containers mounts: a folder for each circle of those who need it, in it a file for each variable. The names
 * of variables are the names of the files, so that `kubectl create secret --from-file` takes a folder as it is.
 */
export function secretFiles({ env, ...passwords }: Secrets, hosts: StoreHosts): Record<string, Record<string, string>> {
  const { redisPassword, postgresPassword } = passwords;
  return {
    everyone: {
      SEALING_KEYS: env.SEALING_KEYS,
      JWT_PUBLIC_KEYS: env.JWT_PUBLIC_KEYS,
      REDIS_URL: `redis://:${redisPassword}@${hosts.redis}:6379`,
    },
    database: {
      DATABASE_URL: `postgres://snowflow:${postgresPassword}@${hosts.postgres}:5432/snowflow`,
      POSTGRES_PASSWORD: postgresPassword,
    },
    signing: { JWT_PRIVATE_KEY: env.JWT_PRIVATE_KEY },
    redis: { 'redis.conf': redisConf(redisPassword) },
  };
}

/** What the queue and the sessions need of Redis: nothing is evicted, and what was accepted is on disk. */
function redisConf(password: string): string {
  const lines = ['appendonly yes', 'appendfsync everysec', 'maxmemory-policy noeviction', `requirepass ${password}`];
  return `${lines.join('\n')}\n`;
}

/** Writes the rooms below a folder; what is there is written anew. */
export async function writeSecretFiles(folder: string, rooms: ReturnType<typeof secretFiles>): Promise<void> {
  for (const [room, files] of Object.entries(rooms)) {
    const path = join(folder, room);
    await mkdir(path, { recursive: true, mode: ROOM_MODE });
    for (const [name, content] of Object.entries(files)) await replace(join(path, name), content);
  }
}

async function replace(file: string, content: string): Promise<void> {
  // The one who writes owns the file, but it is read-only since the last time.
  await chmod(file, 0o644).catch(() => undefined);
  await writeFile(file, content);
  await chmod(file, FILE_MODE);
}
