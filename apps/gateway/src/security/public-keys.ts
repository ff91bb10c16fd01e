import { createPublicKey } from 'node:crypto';

/** The keys that may have signed an access token, as PEM by key id. */
export class PublicKeys {
  private readonly pemByKid: ReadonlyMap<string, string>;

  /** `jwks`: a JWKS document of EC P-256 keys. Throws where it holds none, or anything else. */
  constructor(jwks: string) {
    const { keys } = JSON.parse(jwks) as { keys?: Record<string, unknown>[] };
    if (!keys?.length) throw new Error('JWT_PUBLIC_KEYS holds no key');
    this.pemByKid = new Map(keys.map((key) => [kidOf(key), pemOf(key)]));
  }

  /** The PEM of a key id, undefined where it is not ours. */
  find(kid: unknown): string | undefined {
    return typeof kid === 'string' ? this.pemByKid.get(kid) : undefined;
  }
}

function kidOf(key: Record<string, unknown>): string {
  if (typeof key.kid !== 'string' || key.kty !== 'EC' || key.crv !== 'P-256' || 'd' in key) {
    throw new Error('JWT_PUBLIC_KEYS takes public EC P-256 keys with a kid');
  }
  return key.kid;
}

function pemOf(key: Record<string, unknown>): string {
  return createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
}
