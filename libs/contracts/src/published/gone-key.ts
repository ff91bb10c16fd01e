/** Stands in Redis for a while after a key was revoked: until then a gateway may still remember the key. */
export const goneKeyOf = (hash: string): string => `snowflow:api-key-gone:${hash}`;

/** Longer than any gateway remembers a key, a lookup under way included. */
export const GONE_KEY_SECONDS = 30;
