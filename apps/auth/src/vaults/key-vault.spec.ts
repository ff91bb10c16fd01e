import { Logger } from '@nestjs/common';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { startTestVault, TEST_MOUNTS, TestVault } from '../testing/hashicorp-vault';
import { HashicorpClient } from './hashicorp-client';
import { HashicorpTransitVault } from './hashicorp-transit-vault';
import { KeyRingVault } from './key-ring-vault';
import type { KeyVault } from './key-vault';
import { MigratingKeyVault } from './migrating-key-vault';

let directory: string;
let tokenFile: string;
let hashicorp: TestVault;

const ring = (spec: string) => new KeyRingVault(new KeyRing(spec));
const newRingKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const k1 = newRingKey('k1');
const transit = (timeoutMs = 2_000) =>
  new HashicorpTransitVault(
    new HashicorpClient({ address: hashicorp.address, namespace: hashicorp.namespace, tokenFile, timeoutMs }),
    TEST_MOUNTS.transit,
    TEST_MOUNTS.transitKey,
  );

beforeAll(async () => {
  Logger.overrideLogger(false);
  directory = await mkdtemp(join(tmpdir(), 'snowflow-vault-'));
  tokenFile = join(directory, 'token');
  hashicorp = await startTestVault();
});
beforeEach(() => writeFile(tokenFile, `${hashicorp.token}\n`));
afterAll(async () => {
  await hashicorp.stop();
  await rm(directory, { recursive: true });
});

const NOT_OPENED = /unable to authenticate|Not a sealed text|can not open this|not set up here/;

const adapters: [string, () => KeyVault, () => KeyVault][] = [
  ['the key ring', () => ring(k1), () => ring(`${newRingKey('k2')},${k1}`)],
  [
    'HashiCorp Transit',
    () => transit(),
    () => {
      hashicorp.rotate();
      return transit();
    },
  ],
  ['Transit after the key ring', () => ring(k1), () => new MigratingKeyVault(transit(), [ring(k1)])],
];

describe.each(adapters)('The vault of data keys: %s', (_name, make, makeRotated) => {
  const key = randomBytes(32);

  it('opens what it wrapped, for the same binding only', async () => {
    const vault = make();
    const wrapped = await vault.wrap(key, 'ten_a');
    expect(vault.recognises(wrapped)).toBe(true);
    expect(await vault.unwrap(wrapped, 'ten_a')).toEqual(key);
    await expect(vault.unwrap(wrapped, 'ten_b')).rejects.toThrow(NOT_OPENED);
    expect(wrapped).not.toContain(key.toString('base64'));
  });

  it('never wraps alike twice', async () => {
    const vault = make();
    expect(await vault.wrap(key, 'ten_a')).not.toBe(await vault.wrap(key, 'ten_a'));
  });

  it('refuses a text that was changed, or is none of its own', async () => {
    const vault = make();
    const wrapped = await vault.wrap(key, 'ten_a');
    const changed = wrapped.slice(0, -8) + (wrapped.at(-8) === 'A' ? 'B' : 'A') + wrapped.slice(-7);
    for (const text of [changed, wrapped.slice(0, 20), '', 'plain']) {
      await expect(vault.unwrap(text, 'ten_a')).rejects.toThrow(NOT_OPENED);
    }
  });

  it('says after a rotation what is stale, opens it still, and wraps by the newer key', async () => {
    const wrapped = await make().wrap(key, 'ten_a');
    expect(await make().isStale(wrapped)).toBe(false);
    const rotated = makeRotated();
    expect(await rotated.isStale(wrapped)).toBe(true);
    expect(await rotated.unwrap(wrapped, 'ten_a')).toEqual(key);
    expect(await rotated.isStale(await rotated.wrap(key, 'ten_a'))).toBe(false);
  });
});

describe('A HashiCorp vault that is asked', () => {
  it('gets its token from the file as it is now, since an agent renews it', async () => {
    const vault = transit();
    await writeFile(tokenFile, 'hvs.expired');
    await expect(vault.wrap(randomBytes(32), 'b')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('does not let SnowFlow in') as string,
    });
    await writeFile(tokenFile, hashicorp.token);
    await expect(vault.wrap(randomBytes(32), 'b')).resolves.toMatch(/^vault:v/);
    await rm(tokenFile);
    await expect(vault.wrap(randomBytes(32), 'b')).rejects.toThrow('VAULT_TOKEN_FILE');
  });

  it.each([[412], [429], [473], [500], [503], ['hang up' as const]])('is asked again after %s', async (outcome) => {
    hashicorp.fail(outcome, outcome);
    await expect(transit().wrap(randomBytes(32), 'b')).resolves.toMatch(/^vault:v/);
  });

  it('is given up after three attempts', async () => {
    const before = hashicorp.asked.length;
    hashicorp.fail(503, 503, 503);
    await expect(transit().wrap(randomBytes(32), 'b')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(hashicorp.asked.length - before).toBe(3);
  });

  it('has a deadline, and is asked once when it misses it', async () => {
    const before = hashicorp.asked.length;
    hashicorp.fail('silence');
    await expect(transit(150).wrap(randomBytes(32), 'b')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(hashicorp.asked.length - before).toBe(1);
  });

  it('can not send the token elsewhere by a redirect', async () => {
    const before = hashicorp.asked.length;
    hashicorp.fail(307);
    await expect(transit().wrap(randomBytes(32), 'b')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(hashicorp.asked.slice(before)).toEqual(['POST /v1/transit/encrypt/snowflow']);
  });
});
