import { parseEnv } from '@snowflow/platform/env/env-schema';
import { randomBytes } from 'node:crypto';
import { vaultEnv } from '../env';
import { HashicorpKv2SecretStore } from './hashicorp-kv2-secret-store';
import { KeyRingVault } from './key-ring-vault';
import { MigratingKeyVault } from './migrating-key-vault';
import { keyVaultOf, outsideSecretStoreOf } from './vault-settings';

const SEALING_KEYS = `k1:${randomBytes(32).toString('base64')}`;
const settings = (source: Record<string, string> = {}) => ({ SEALING_KEYS, ...parseEnv(vaultEnv, source) });
const hashicorp = { VAULT_ADDR: 'https://vault.example.com:8200', VAULT_TOKEN_FILE: '/run/token' };

describe('The choice of vaults', () => {
  it('is the key ring and Postgres without further settings', () => {
    expect(keyVaultOf(settings())).toBeInstanceOf(KeyRingVault);
    expect(outsideSecretStoreOf(settings())).toBeUndefined();
  });

  it('is HashiCorp for whichever of the two is named', () => {
    const transit = settings({ ...hashicorp, VAULT_TRANSIT_KEY: 'snowflow' });
    expect(keyVaultOf(transit)).toBeInstanceOf(MigratingKeyVault);
    expect(outsideSecretStoreOf(transit)).toBeUndefined();
    const kv = settings({ ...hashicorp, VAULT_KV_MOUNT: 'teams/kv' });
    expect(outsideSecretStoreOf(kv)).toBeInstanceOf(HashicorpKv2SecretStore);
    expect(keyVaultOf(kv)).toBeInstanceOf(KeyRingVault);
  });

  it.each([
    ['', 'VAULT_ADDR is not an origin'],
    ['vault', 'VAULT_ADDR is not an origin'],
    ['http://vault.example.com', 'VAULT_ADDR is not an origin'],
    ['https://vault.example.com/v1', 'VAULT_ADDR is not an origin'],
    ['https://user:pass@vault.example.com', 'VAULT_ADDR is not an origin'],
  ])('refuses the address "%s"', (VAULT_ADDR, message) => {
    expect(() => keyVaultOf(settings({ ...hashicorp, VAULT_ADDR, VAULT_TRANSIT_KEY: 'k' }))).toThrow(message);
  });

  it('takes plain http on this machine, where an agent listens', () => {
    expect(() =>
      keyVaultOf(settings({ ...hashicorp, VAULT_ADDR: 'http://127.0.0.1:8100', VAULT_TRANSIT_KEY: 'k' })),
    ).not.toThrow();
  });

  it('refuses mounts that lead elsewhere, and a vault without a token', () => {
    for (const VAULT_KV_MOUNT of ['../sys', 'kv//x', '/kv', 'kv?x', 'a/../b']) {
      expect(() => outsideSecretStoreOf(settings({ ...hashicorp, VAULT_KV_MOUNT }))).toThrow('VAULT_KV_MOUNT');
    }
    const tokenless = settings({ VAULT_ADDR: hashicorp.VAULT_ADDR, VAULT_KV_MOUNT: 'kv' });
    expect(() => outsideSecretStoreOf(tokenless)).toThrow('VAULT_TOKEN_FILE');
  });
});
