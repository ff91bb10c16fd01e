import { KeyRing } from '@snowflow/platform/security/key-ring';
import type { AuthEnv } from '../env';
import { HashicorpClient } from './hashicorp-client';
import { HashicorpKv2SecretStore } from './hashicorp-kv2-secret-store';
import { HashicorpTransitVault } from './hashicorp-transit-vault';
import { KeyRingVault } from './key-ring-vault';
import type { KeyVault } from './key-vault';
import { MigratingKeyVault } from './migrating-key-vault';
import type { SecretStore } from './secret-store';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
/** A path below /v1/ that needs no escaping, such as `teams/kv`. */
const PATH = /^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/;

export type VaultEnv = Pick<
  AuthEnv,
  | 'SEALING_KEYS'
  | 'VAULT_ADDR'
  | 'VAULT_TOKEN_FILE'
  | 'VAULT_NAMESPACE'
  | 'VAULT_TIMEOUT_MS'
  | 'VAULT_TRANSIT_MOUNT'
  | 'VAULT_TRANSIT_KEY'
  | 'VAULT_KV_MOUNT'
  | 'VAULT_KV_PREFIX'
>;

/** The vault of data keys: the key ring, or Transit where a key of it is named. What the ring has wrapped opens in either case. */
export function keyVaultOf(env: VaultEnv): KeyVault {
  const ring = new KeyRingVault(new KeyRing(env.SEALING_KEYS));
  if (!env.VAULT_TRANSIT_KEY) return ring;
  const mount = pathOf('VAULT_TRANSIT_MOUNT', env.VAULT_TRANSIT_MOUNT);
  return new MigratingKeyVault(new HashicorpTransitVault(clientOf(env), mount, env.VAULT_TRANSIT_KEY), [ring]);
}

/** The outside store of secrets, where a mount of one is named. */
export function outsideSecretStoreOf(env: VaultEnv): SecretStore | undefined {
  if (!env.VAULT_KV_MOUNT) return undefined;
  const mount = pathOf('VAULT_KV_MOUNT', env.VAULT_KV_MOUNT);
  return new HashicorpKv2SecretStore(clientOf(env), mount, pathOf('VAULT_KV_PREFIX', env.VAULT_KV_PREFIX));
}

function clientOf(env: VaultEnv): HashicorpClient {
  if (!env.VAULT_TOKEN_FILE) throw new Error('VAULT_TOKEN_FILE is not set, and a vault is asked for');
  return new HashicorpClient({
    address: originOf(env.VAULT_ADDR),
    tokenFile: env.VAULT_TOKEN_FILE,
    namespace: env.VAULT_NAMESPACE,
    timeoutMs: env.VAULT_TIMEOUT_MS,
  });
}

/** Every request carries the token, so that only TLS will do, but for an agent on this machine. */
function originOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  if (!url || !isSafe || url.pathname !== '/' || url.search || url.username) {
    throw new Error('VAULT_ADDR is not an origin such as https://vault.example.com:8200 (http only on this machine)');
  }
  return url.origin;
}

function pathOf(variable: string, path: string): string {
  if (!PATH.test(path) || path.split('/').some((part) => /^\.+$/.test(part))) {
    throw new Error(`${variable} is not a path of letters, digits, - and _ with single slashes between`);
  }
  return path;
}
