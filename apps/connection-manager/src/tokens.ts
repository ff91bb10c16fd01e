/** Injection token of what seals secrets for Redis and opens rows handles. */
export const SEALER = Symbol('SEALER');
