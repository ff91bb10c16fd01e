import { newId } from '@snowflow/contracts/documents/new-id';
import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** A key as it is shown once, and what stays of it. */
export interface NewApiKey {
  id: string;
  /** `sfk_<id>_<secret>`: the prefix lets secret scanners find it. */
  key: string;
  hash: string;
}

/**
 * Plain SHA-256 is right for the hash: slow hashes make guessing dear where people chose the secret, and nobody guesses one of 256 random
 * bits however fast. The hash alone lets nobody in. With an `id` it is a new secret of that key.
 */
export function newApiKey(id = newId('sfk')): NewApiKey {
  const key = `${id}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { id, key, hash: createHash('sha256').update(key).digest('base64url') };
}
