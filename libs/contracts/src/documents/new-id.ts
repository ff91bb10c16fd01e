import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 22;
/** Bytes from here on would favour the first characters of the alphabet, so they are drawn again. */
const FAIR_BELOW = 256 - (256 % ALPHABET.length);

/** A new random id such as `wf_7Q…`: the prefix says what it names, 22 base-62 characters (131 bits) make it unguessable. */
export function newId(prefix: string): string {
  let id = '';
  while (id.length < LENGTH) {
    for (const byte of randomBytes(LENGTH)) {
      if (byte < FAIR_BELOW && id.length < LENGTH) id += ALPHABET[byte % ALPHABET.length];
    }
  }
  return `${prefix}_${id}`;
}
