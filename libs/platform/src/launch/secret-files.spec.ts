import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv, text } from '../env/env-schema';
import { KeyRing } from '../security/key-ring';
import { secretFiles, writeSecretFiles } from './secret-files';
import { makeSecrets } from './secrets';

describe('Secrets as files', () => {
  const hosts = { redis: 'redis', postgres: 'db.example' };
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'secret-files-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('lie in rooms, so that the signing key and the database are not mounted where nobody needs them', async () => {
    await writeSecretFiles(folder, secretFiles(makeSecrets(), hosts));
    const rooms = await readdir(folder);
    const files = await Promise.all(rooms.map(async (room) => [room, await readdir(join(folder, room))]));
    expect(Object.fromEntries(files)).toEqual({
      everyone: ['JWT_PUBLIC_KEYS', 'REDIS_URL', 'SEALING_KEYS'],
      database: ['DATABASE_URL', 'POSTGRES_PASSWORD'],
      signing: ['JWT_PRIVATE_KEY'],
      redis: ['redis.conf'],
    });
    expect((await stat(join(folder, 'signing', 'JWT_PRIVATE_KEY'))).mode & 0o777).toBe(0o444);
  });

  it('are what the programs read, and can be written again after a key was added', async () => {
    const secrets = makeSecrets();
    await writeSecretFiles(folder, secretFiles(secrets, hosts));
    const added = {
      ...secrets,
      env: { ...secrets.env, SEALING_KEYS: `${secrets.env.SEALING_KEYS},k2:${'A'.repeat(43)}=` },
    };
    await writeSecretFiles(folder, secretFiles(added, hosts));
    const schema = { SEALING_KEYS: text('The ring'), DATABASE_URL: text('Postgres') };
    const env = parseEnv(schema, {
      SEALING_KEYS_FILE: join(folder, 'everyone', 'SEALING_KEYS'),
      DATABASE_URL_FILE: join(folder, 'database', 'DATABASE_URL'),
    });
    expect(new KeyRing(env.SEALING_KEYS).seal('text', 'binding')).toMatch(/^v1\.k1\./);
    expect(env.SEALING_KEYS).toBe(added.env.SEALING_KEYS);
    expect(new URL(env.DATABASE_URL).hostname).toBe('db.example');
  });

  it('have Redis keep what it accepted: nothing evicted, an append-only file, a password', async () => {
    await writeSecretFiles(folder, secretFiles(makeSecrets(), hosts));
    const conf = await readFile(join(folder, 'redis', 'redis.conf'), 'utf8');
    expect(conf.split('\n')).toEqual(expect.arrayContaining(['appendonly yes', 'maxmemory-policy noeviction']));
    const url = new URL(await readFile(join(folder, 'everyone', 'REDIS_URL'), 'utf8'));
    expect(conf).toContain(`requirepass ${url.password}\n`);
  });
});
