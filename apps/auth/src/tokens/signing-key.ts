import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';

/** The key that signs access tokens, and the id (RFC 7638 thumbprint) by which the gateway finds its public half. */
export interface SigningKey {
  pem: string;
  kid: string;
}

const PEM = /-----BEGIN [A-Z ]+-----[^-]*-----END [A-Z ]+-----/g;

/**
 * The first of one or more keys, the one that signs. `text`: PEM in PKCS8, where `\n` may be written out as env files do. Throws
 * where any of them is not an EC P-256 key, so that a mistake shows when the key is added and not when it is to sign.
 */
export function readSigningKey(text: string): SigningKey {
  const [signing] = (text.replaceAll('\\n', '\n').match(PEM) ?? []).map(readKey);
  if (!signing) throw new Error('JWT_PRIVATE_KEY holds no PEM');
  return signing;
}

function readKey(text: string): SigningKey {
  const key = createPrivateKey(text);
  const { crv, kty, x, y } = createPublicKey(key).export({ format: 'jwk' });
  if (kty !== 'EC' || crv !== 'P-256') throw new Error('JWT_PRIVATE_KEY holds a key that is not EC P-256');
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return { pem: key.export({ type: 'pkcs8', format: 'pem' }).toString(), kid };
}
