import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const VERSION = 'v1';
const INFO = 'snowflow/sealed/v1';
const SALT_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** A random 96-bit IV under one key stays safe for far more records than this. */
const RECORDS_PER_SALT = 10_000;
const REMEMBERED_KEYS = 500;

/**
 * Seals small secrets with AES-256-GCM: `v1.<key id>.<base64url(salt, iv, tag, ciphertext)>`. The key is derived by HKDF-SHA256 from the
 * ring's key and a salt, which each process draws anew for every 10,000 records; derived keys are remembered, for deriving costs more than sealing.
 * The binding (tenant, session, purpose) is authenticated: what was sealed for one can't be opened for another.
 */
export class KeyRing implements Sealer {
  private readonly keys: ReadonlyMap<string, Buffer>;
  private readonly currentId: string;
  private readonly derived = new Map<string, Buffer>();
  private salt = randomBytes(SALT_BYTES);
  private sealedWithSalt = 0;

  /** `spec`: `id:base64key[,id:base64key…]`, 32-byte keys, the first seals, all open. Throws on a short key or a repeated id. */
  constructor(spec: string) {
    const keys = new Map<string, Buffer>();
    for (const entry of spec.split(',')) {
      const [id, encoded] = entry.split(':');
      const key = Buffer.from(encoded ?? '', 'base64');
      if (!id || !/^[a-z0-9]{1,16}$/.test(id) || key.length !== KEY_BYTES || keys.has(id)) {
        throw new Error('The key ring is not right: give id:base64 of 32 bytes, separated by commas, each id once');
      }
      keys.set(id, key);
    }
    this.keys = keys;
    this.currentId = [...keys.keys()][0] as string;
  }

  seal(plaintext: string, binding: string): string {
    const salt = this.nextSalt();
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.derivedKey(this.currentId, salt), iv, {
      authTagLength: TAG_BYTES,
    });
    cipher.setAAD(Buffer.from(`${VERSION}|${this.currentId}|${binding}`));
    const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
    return `${VERSION}.${this.currentId}.${Buffer.concat([salt, iv, cipher.getAuthTag(), ciphertext]).toString('base64url')}`;
  }

  /** Throws where the text was changed, was sealed for another binding, or by a key that is not in the ring. */
  open(sealed: string, binding: string): string {
    const [version, id, body] = sealed.split('.');
    if (version !== VERSION || !id || !body) throw new Error('Not a sealed text');
    const bytes = Buffer.from(body, 'base64url');
    if (bytes.length < SALT_BYTES + IV_BYTES + TAG_BYTES) throw new Error('Not a sealed text');
    const salt = bytes.subarray(0, SALT_BYTES);
    const iv = bytes.subarray(SALT_BYTES, SALT_BYTES + IV_BYTES);
    const tag = bytes.subarray(SALT_BYTES + IV_BYTES, SALT_BYTES + IV_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.derivedKey(id, salt), iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(`${version}|${id}|${binding}`));
    decipher.setAuthTag(tag);
    const ciphertext = bytes.subarray(SALT_BYTES + IV_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  }

  /** Whether the text was sealed by an older key, so that a reader may seal it anew. */
  isStale(sealed: string): boolean {
    return sealed.split('.')[1] !== this.currentId;
  }

  private nextSalt(): Buffer {
    this.sealedWithSalt += 1;
    if (this.sealedWithSalt > RECORDS_PER_SALT) {
      this.salt = randomBytes(SALT_BYTES);
      this.sealedWithSalt = 1;
    }
    return this.salt;
  }

  private derivedKey(id: string, salt: Buffer): Buffer {
    const name = `${id}.${salt.toString('base64url')}`;
    const known = this.derived.get(name);
    if (known) return known;
    const key = this.keys.get(id);
    if (!key) throw new Error('Sealed by a key that is not in the ring');
    const derived = Buffer.from(hkdfSync('sha256', key, salt, INFO, KEY_BYTES));
    if (this.derived.size >= REMEMBERED_KEYS) this.derived.delete(this.derived.keys().next().value as string);
    this.derived.set(name, derived);
    return derived;
  }
}
