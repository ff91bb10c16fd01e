export const HEALTH_OPTIONS = Symbol('HEALTH_OPTIONS');

/** Throws where the thing it asks does not answer. */
export type ReadinessCheck = () => Promise<unknown>;

export interface HealthOptions {
  isDraining(): boolean;
  checks: Record<string, ReadinessCheck>;
}
