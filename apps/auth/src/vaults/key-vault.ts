/**
 * Where the data keys of tenants are sealed: what they seal rests in Postgres, what seals them never does. The binding is
 * authenticated, so that one tenant's key never opens as another's.
 */
export abstract class KeyVault {
  abstract wrap(key: Buffer, binding: string): Promise<string>;

  /** Throws where the text was changed, or was wrapped for another binding or by a key that is gone. */
  abstract unwrap(wrapped: string, binding: string): Promise<Buffer>;

  /** Whether the text looks as if this vault had wrapped it. */
  abstract recognises(wrapped: string): boolean;

  /** Whether the text was wrapped by an older key, so that a reader wraps it anew. */
  abstract isStale(wrapped: string): Promise<boolean>;
}
