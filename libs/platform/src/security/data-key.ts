import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const VERSION = 't1';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const NOT_SEALED = 'Not a text sealed by a data key';

/** A fresh key for AES-256. */
export function newDataKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/**
 * Seals a text by a data key with AES-256-GCM: `t1.<base64url(iv, tag, ciphertext)>`. The binding is authenticated: a text that was moved
 * to another place does not open. Random 96-bit IVs are safe for 2^32 texts under one key; a tenant keeps some thousands.
 */
export function sealByDataKey(key: Buffer, plaintext: string, binding: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad(binding));
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  return `${VERSION}.${Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString('base64url')}`;
}

/** Throws where the text was changed, or was sealed for another binding or by another key. */
export function openByDataKey(key: Buffer, sealed: string, binding: string): string {
  const [version, body, rest] = sealed.split('.');
  if (version !== VERSION || !body || rest !== undefined) throw new Error(NOT_SEALED);
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new Error(NOT_SEALED);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(aad(binding));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const ciphertext = bytes.subarray(IV_BYTES + TAG_BYTES);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
}

function aad(binding: string): Buffer {
  return Buffer.from(`${VERSION}|${binding}`);
}
