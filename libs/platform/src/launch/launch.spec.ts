import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyRing } from '../security/key-ring';
import { SERVICES } from './apps';
import { DataDirectory } from './data-directory';
import { plan } from './plan';
import { loadSecrets } from './secrets';
import { makeSigningKey } from './signing-keys';

describe('The launcher', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'snowflow-launch-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('makes secrets once, which only their owner can read', async () => {
    const file = join(folder, 'secrets.json');
    const made = await loadSecrets(file);
    expect(await loadSecrets(file)).toEqual(made);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(new KeyRing(made.env.SEALING_KEYS).seal('text', 'binding')).toMatch(/^v1\.k1\./);
  });

  it('publishes the key that access tokens are signed with, named by its thumbprint', async () => {
    const { env } = await loadSecrets(join(folder, 'secrets.json'));
    const { keys } = JSON.parse(env.JWT_PUBLIC_KEYS) as { keys: Record<string, string>[] };
    const { crv, kty, x, y } = createPublicKey(createPrivateKey(env.JWT_PRIVATE_KEY)).export({ format: 'jwk' });
    const kid = createHash('sha256')
      .update(`{"crv":"${crv}","kty":"${kty}","x":"${x}","y":"${y}"}`)
      .digest('base64url');
    expect(keys).toEqual([{ kty: 'EC', crv: 'P-256', x, y, kid, use: 'sig', alg: 'ES256' }]);
  });

  it('publishes every key that was put into its file, so that a new one can sign next', async () => {
    const file = join(folder, 'secrets.json');
    const made = await loadSecrets(file);
    const added = { ...made, env: { ...made.env, JWT_PRIVATE_KEY: makeSigningKey() + made.env.JWT_PRIVATE_KEY } };
    await writeFile(file, JSON.stringify(added));
    const { env } = await loadSecrets(file);
    const kids = (jwks: string) => (JSON.parse(jwks) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
    expect(kids(env.JWT_PUBLIC_KEYS)).toHaveLength(2);
    expect(kids(env.JWT_PUBLIC_KEYS)[1]).toBe(kids(made.env.JWT_PUBLIC_KEYS)[0]);
  });

  it('puts all services into one process, into some, or every replica into one of its own', async () => {
    const shared = await plan({ gatewayPort: 3000 });
    expect(shared.processes.map(({ apps }) => apps.length)).toEqual([SERVICES.length]);
    expect(shared.gatewayUrls).toEqual(['http://localhost:3000']);

    const two = await plan({ gatewayPort: 3000, replicas: 2 });
    expect(two.processes).toHaveLength(SERVICES.length * 2);
    expect(two.gatewayUrls).toHaveLength(2);
    expect(two.env['CONNECTIONS_ROWS_URLS']?.split(',')).toHaveLength(2);

    const copies = await plan({ gatewayPort: 3000, copies: 2, apart: ['worker'] });
    expect(copies.processes.map(({ name, apps }) => [name, apps.length])).toEqual([
      ['services', SERVICES.length - 1],
      ['worker', 1],
      ['services-1', SERVICES.length - 1],
      ['worker-1', 1],
    ]);
    expect(copies.gatewayUrls).toHaveLength(2);
    const ports = two.processes.flatMap(({ env }) => Object.values(env));
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('lets one start at a time use a folder, and takes over from one that was killed', async () => {
    const directory = await DataDirectory.take(folder);
    await directory.writeRunFile({ gatewayUrl: 'http://localhost:3000' });
    expect((await stat(join(folder, 'run.json'))).mode & 0o777).toBe(0o600);
    directory.release();
    await expect(stat(join(folder, 'run.json'))).rejects.toThrow('ENOENT');

    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await writeFile(join(folder, 'launcher.pid'), `${other.pid}`);
    await expect(DataDirectory.take(folder)).rejects.toThrow(
      `SnowFlow already runs from ${folder} (process ${other.pid})`,
    );
    other.kill('SIGKILL');
    await once(other, 'exit');
    await expect(DataDirectory.take(folder)).resolves.toBeDefined();
  });
});
