export const HEALTH_OPTIONS = Symbol('HEALTH_OPTIONS');

/** A check's own words for what is missing: for operators, so it names no host, account or value. */
export class NotReady extends Error {}

/** Throws where the thing it asks does not answer, or NotReady with the reason. */
export type ReadinessCheck = () => Promise<unknown>;

export interface HealthOptions {
  isDraining(): boolean;
  checks: Record<string, ReadinessCheck>;
}
