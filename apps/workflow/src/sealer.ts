/** Injection token of the process's key ring, as a Sealer. */
export const SEALER = Symbol('SEALER');
