import { Logger } from '@nestjs/common';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { Client } from 'pg';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TenantKeysRepository } from '../secrets/tenant-keys.repository';
import { TenantSecrets } from '../secrets/tenant-secrets';
import { startTestVault, TEST_MOUNTS, TestVault } from '../testing/hashicorp-vault';
import { startTenantRows, TenantRows } from '../testing/tenant-rows';
import { HashicorpClient } from './hashicorp-client';
import { HashicorpKv2SecretStore } from './hashicorp-kv2-secret-store';
import { KeyRingVault } from './key-ring-vault';
import { PostgresSecretStore } from './postgres-secret-store';
import type { SecretStore } from './secret-store';

const CANARY = 'canary-secret-51ab';
const reference = { tenantId: 'ten_a', name: 'sec_1' };

let rows: TenantRows;
let hashicorp: TestVault;
let directory: string;
let kv2: HashicorpKv2SecretStore;

beforeAll(async () => {
  Logger.overrideLogger(false);
  [rows, hashicorp] = await Promise.all([startTenantRows(['ten_a', 'ten_b']), startTestVault()]);
  directory = await mkdtemp(join(tmpdir(), 'snowflow-vault-'));
  const tokenFile = join(directory, 'token');
  await writeFile(tokenFile, hashicorp.token);
  const { address, namespace } = hashicorp;
  kv2 = new HashicorpKv2SecretStore(
    new HashicorpClient({ address, namespace, tokenFile, timeoutMs: 2_000 }),
    TEST_MOUNTS.kv,
    'snowflow/eu',
  );
});
beforeEach(() => rows.reset());
afterAll(async () => {
  await Promise.all([rows.stop(), hashicorp.stop(), rm(directory, { recursive: true })]);
});

const ring = new KeyRing(`k1:${randomBytes(32).toString('base64')}`);
const postgres = () => {
  const secrets = new TenantSecrets(new TenantKeysRepository(rows.tenants), new KeyRingVault(ring));
  return new PostgresSecretStore(rows.tenants, secrets);
};
const adapters: [string, () => SecretStore][] = [
  ['Postgres', () => postgres()],
  ['HashiCorp KV version 2', () => kv2],
];

describe.each(adapters)('The store of secrets: %s', (_name, make) => {
  it('gives back what was put, also after it was written over', async () => {
    const store = make();
    await store.put(reference, 'first');
    const text = `line one\nline two "quoted" \u00e9\u{1f511} ${'x'.repeat(20_000)}`;
    await store.put(reference, text);
    expect(await store.get(reference)).toBe(text);
  });

  it('keeps tenants and names apart', async () => {
    const store = make();
    await store.put(reference, 'of a');
    await store.put({ tenantId: 'ten_b', name: 'sec_1' }, 'of b');
    await store.put({ tenantId: 'ten_a', name: 'sec_2' }, 'second of a');
    expect(await store.get(reference)).toBe('of a');
    expect(await store.get({ tenantId: 'ten_b', name: 'sec_2' })).toBeUndefined();
    await store.delete(reference);
    expect(await store.get({ tenantId: 'ten_b', name: 'sec_1' })).toBe('of b');
    expect(await store.get({ tenantId: 'ten_a', name: 'sec_2' })).toBe('second of a');
  });

  it('forgets what was deleted, and minds nothing that is not there', async () => {
    const store = make();
    await store.put(reference, 'x');
    await store.delete(reference);
    await store.delete(reference);
    expect(await store.get(reference)).toBeUndefined();
  });
});

it('A secret in Postgres is not there to be read', async () => {
  await postgres().put(reference, CANARY);
  const client = new Client({ connectionString: rows.url });
  await client.connect();
  const { rows: found } = await client.query('SELECT * FROM auth.secrets');
  await client.end();
  expect(found).toHaveLength(1);
  expect(JSON.stringify(found)).not.toContain(CANARY);
});

describe('HashiCorp KV version 2', () => {
  it('puts a secret once, even if the vault fails, and never tells it in the error', async () => {
    const before = hashicorp.asked.length;
    hashicorp.fail(503);
    const failure = await kv2.put(reference, CANARY).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'UNAVAILABLE' });
    expect(hashicorp.asked.length - before).toBe(1);
    expect(JSON.stringify(failure) + String((failure as Error).stack)).not.toMatch(/canary/);
  });

  it('reads again after a moment of failure', async () => {
    await kv2.put(reference, 'x');
    hashicorp.fail(503, 'hang up');
    expect(await kv2.get(reference)).toBe('x');
  });

  it('deletes every version of a secret', async () => {
    await kv2.put(reference, 'canary-former');
    await kv2.put(reference, CANARY);
    await kv2.delete(reference);
    expect(hashicorp.dump()).not.toContain('canary');
  });

  it('stays within its prefix whatever a name holds', async () => {
    const before = hashicorp.asked.length;
    await kv2.get({ tenantId: '../ten', name: 'a/b?c' });
    expect(hashicorp.asked.slice(before)).toEqual(['GET /v1/teams/kv/data/snowflow/eu/..%2Ften/a%2Fb%3Fc']);
  });
});
