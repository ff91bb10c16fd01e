import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedServer, startEmbeddedRedis } from '@snowflow/platform/embedded/embedded-redis';
import { testEnv } from './env';

/** A Redis of its own for one spec, in memory. It ends with `stop()`, or at the latest with this process. */
export async function startRedis(): Promise<EmbeddedServer> {
  return startEmbeddedRedis({
    ...testEnv(),
    directory: await mkdtemp(join(tmpdir(), 'snowflow-redis-')),
    password: randomBytes(18).toString('hex'),
    inMemory: true,
    background: true,
    deleteAfterwards: true,
  });
}
