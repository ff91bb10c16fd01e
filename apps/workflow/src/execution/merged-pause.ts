import { StepPaused, type StepWait } from '@snowflow/engine/run/step-paused';
import { firstMoment } from './first-moment';

/** The pause of a step whose workflow waits. For a sign-in it is told as that: who signs in again wakes the run. */
export function mergedPause(waits: readonly StepWait[]): StepPaused {
  const until = firstMoment(waits);
  const waitFor = waits.some((wait) => wait.for === 'session') ? 'session' : 'workflow';
  return new StepPaused({ for: waitFor, ...(until ? { until } : {}) });
}
