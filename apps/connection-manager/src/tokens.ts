/** Injection tokens of this app. */
export const SEALER = Symbol('SEALER');
export const ENVIRONMENT = Symbol('ENVIRONMENT');
