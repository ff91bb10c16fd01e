import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';

const PEM = /-----BEGIN [A-Z ]+-----[^-]*-----END [A-Z ]+-----/g;

/** A fresh key for access tokens: PEM, PKCS8, EC P-256. */
export function makeSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** The public halves of one or more private keys, as the JWKS that gateways check access tokens with. */
export function jwksOf(privateKeys: string): string {
  const pems = privateKeys.replaceAll('\\n', '\n').match(PEM) ?? [];
  return JSON.stringify({ keys: pems.map(publicKeyOf) });
}

function publicKeyOf(pem: string) {
  const { crv, kty, x, y } = createPublicKey(createPrivateKey(pem)).export({ format: 'jwk' });
  // The thumbprint of RFC 7638: these members in this order.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return { kty, crv, x, y, kid, use: 'sig', alg: 'ES256' };
}
