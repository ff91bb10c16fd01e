import type { StepWait } from '@snowflow/engine/run/step-paused';

/** When the first of several waits is to be looked at again by itself; undefined where none is. */
export function firstMoment(waits: readonly StepWait[]): Date | undefined {
  const moments = waits.flatMap(({ until }) => until ?? []).map((moment) => moment.getTime());
  return moments.length === 0 ? undefined : new Date(Math.min(...moments));
}
