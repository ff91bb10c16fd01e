import { Logger } from '@nestjs/common';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { sql } from 'kysely';
import { randomBytes } from 'node:crypto';
import { startTenantRows, TenantRows } from '../testing/tenant-rows';
import { KeyRingVault } from '../vaults/key-ring-vault';
import { KeyRotation } from './key-rotation';
import { TenantKeysRepository } from './tenant-keys.repository';
import { TenantSecrets } from './tenant-secrets';

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;

describe('Secrets of tenants', () => {
  let rows: TenantRows;
  const [k1, k2] = [key('k1'), key('k2')];
  /** As another process would be: nothing is cached. */
  const secretsBy = (ring: string) =>
    new TenantSecrets(new TenantKeysRepository(rows.tenants), new KeyRingVault(new KeyRing(ring)));
  const wrappedKeyOf = (tenantId: string) => new TenantKeysRepository(rows.tenants).find(tenantId);

  beforeAll(async () => {
    Logger.overrideLogger(false);
    rows = await startTenantRows(['ten_a', 'ten_b']);
  });
  afterAll(() => rows.stop());
  beforeEach(() => rows.reset());

  it('open for the tenant and purpose they were sealed for, and for no other', async () => {
    const secrets = secretsBy(k1);
    const sealed = await secrets.seal('ten_a', 'client', 'canary');
    expect(sealed).not.toContain('canary');
    expect(await secrets.open('ten_a', 'client', sealed)).toBe('canary');
    await expect(secrets.open('ten_a', 'other', sealed)).rejects.toThrow(/unable to authenticate/);
    await expect(secrets.open('ten_b', 'client', sealed)).rejects.toThrow(/unable to authenticate/);
  });

  it('have one data key for each tenant, also when many come at once on several replicas', async () => {
    const replicas = [secretsBy(k1), secretsBy(k1), secretsBy(k1)];
    const sealed = await Promise.all(
      Array.from({ length: 12 }, (_, n) => (replicas[n % 3] as TenantSecrets).seal('ten_a', 'p', `text ${n}`)),
    );
    const fresh = secretsBy(k1);
    const opened = await Promise.all(sealed.map((text) => fresh.open('ten_a', 'p', text)));
    expect(opened).toEqual(sealed.map((_, n) => `text ${n}`));
    await fresh.seal('ten_b', 'p', 'x');
    expect(await wrappedKeyOf('ten_a')).not.toBe(await wrappedKeyOf('ten_b'));
  });

  it('do not open with the wrapped key of another tenant in place of their own', async () => {
    const sealed = await secretsBy(k1).seal('ten_a', 'p', 'x');
    await secretsBy(k1).seal('ten_b', 'p', 'x');
    const foreign = (await wrappedKeyOf('ten_b')) as string;
    await new TenantKeysRepository(rows.tenants).replace('ten_a', (await wrappedKeyOf('ten_a')) as string, foreign);
    await expect(secretsBy(k1).open('ten_a', 'p', sealed)).rejects.toThrow(/unable to authenticate/);
  });

  it('outlive the key ring: after reading under the old and the new key, the new one alone opens them', async () => {
    const sealed = await secretsBy(k1).seal('ten_a', 'p', 'kept');
    expect(await secretsBy(`${k2},${k1}`).open('ten_a', 'p', sealed)).toBe('kept');
    expect(await wrappedKeyOf('ten_a')).toMatch(/^v1\.k2\./);
    expect(await secretsBy(k2).open('ten_a', 'p', sealed)).toBe('kept');
    await expect(secretsBy(k1).open('ten_a', 'p', sealed)).rejects.toThrow('not in the ring');
  });

  it('are sealed anew after a start, for all tenants, by one replica after the other', async () => {
    const sealed = await secretsBy(k1).seal('ten_a', 'p', 'of a');
    await secretsBy(k1).seal('ten_b', 'p', 'of b');
    const rotation = () => new KeyRotation(rows.database as never, secretsBy(`${k2},${k1}`));
    const rounds = await Promise.all([rotation().run(), rotation().run()]);
    expect(rounds.map(({ resealed }) => resealed).sort()).toEqual([0, 2]);
    expect(await rotation().run()).toEqual({ resealed: 0, failed: 0 });
    expect([await wrappedKeyOf('ten_a'), await wrappedKeyOf('ten_b')].join()).not.toContain('v1.k1.');
    expect(await secretsBy(k2).open('ten_a', 'p', sealed)).toBe('of a');
  });

  it('tells who rotates which keys could not be sealed anew', async () => {
    await secretsBy(key('k0')).seal('ten_a', 'p', 'x');
    await secretsBy(k1).seal('ten_b', 'p', 'x');
    const rotation = new KeyRotation(rows.database as never, secretsBy(`${k2},${k1}`));
    expect(await rotation.run()).toEqual({ resealed: 1, failed: 1 });
  });

  it('die with their tenant', async () => {
    const sealed = await secretsBy(k1).seal('ten_a', 'p', 'x');
    await rows.tenants.transaction('ten_a', (transaction) => sql`DELETE FROM auth.tenants`.execute(transaction));
    expect(await wrappedKeyOf('ten_a')).toBeUndefined();
    await expect(secretsBy(k1).open('ten_a', 'p', sealed)).rejects.toThrow('violates foreign key constraint');
  });
});
