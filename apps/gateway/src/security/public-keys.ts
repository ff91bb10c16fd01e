import { createPublicKey, type KeyObject } from 'node:crypto';

/** The keys that may have signed an access token, by key id; parsed once, for that costs more than a check of a signature. */
export class PublicKeys {
  private readonly keyByKid: ReadonlyMap<string, KeyObject>;
  /** As JWKS, for whoever wants to check our tokens. */
  readonly document: { keys: Record<string, unknown>[] };

  /** `jwks`: a JWKS document of EC P-256 keys. Throws where it holds none, or anything else. */
  constructor(jwks: string) {
    const { keys } = JSON.parse(jwks) as { keys?: Record<string, unknown>[] };
    if (!keys?.length) throw new Error('JWT_PUBLIC_KEYS holds no key');
    this.document = { keys };
    this.keyByKid = new Map(keys.map((key) => [kidOf(key), createPublicKey({ key, format: 'jwk' })]));
  }

  /** The key of an id, undefined where it is not ours. */
  find(kid: unknown): KeyObject | undefined {
    return typeof kid === 'string' ? this.keyByKid.get(kid) : undefined;
  }
}

function kidOf(key: Record<string, unknown>): string {
  if (typeof key.kid !== 'string' || key.kty !== 'EC' || key.crv !== 'P-256' || 'd' in key) {
    throw new Error('JWT_PUBLIC_KEYS takes public EC P-256 keys with a kid');
  }
  return key.kid;
}
