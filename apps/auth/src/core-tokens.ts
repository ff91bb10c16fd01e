/** Injection token of the key ring that seals what rests in Redis for a moment. */
export const SEALER = Symbol('SEALER');

/** Injection token of the service's configuration. */
export const ENV = Symbol('ENV');
