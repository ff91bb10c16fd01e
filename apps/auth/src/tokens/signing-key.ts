import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';

/** The key that signs access tokens, and the id (RFC 7638 thumbprint) by which the gateway finds its public half. */
export interface SigningKey {
  pem: string;
  kid: string;
}

/** `text`: PEM in PKCS8, where `\n` may be written out as env files do. Throws on anything but an EC P-256 key. */
export function readSigningKey(text: string): SigningKey {
  const key = createPrivateKey(text.replaceAll('\\n', '\n'));
  const { crv, kty, x, y } = createPublicKey(key).export({ format: 'jwk' });
  if (kty !== 'EC' || crv !== 'P-256') throw new Error('JWT_PRIVATE_KEY is not an EC P-256 key');
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return { pem: key.export({ type: 'pkcs8', format: 'pem' }).toString(), kid };
}
