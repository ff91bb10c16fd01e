import type { Outcomes } from './step-outcome';

/** What a failed attempt leads to: `attempts` in all, the wait doubling from `backoffMs`. */
interface RetryPolicy {
  attempts: number;
  backoffMs: number;
}

/** One step as the executor sees it: when it runs and what its failure means. What it does is the handler's. */
export interface FlowStep {
  id: string;
  /** The steps that have to be decided first, each before it in the flow. */
  dependsOn: readonly string[];
  /** Whether it runs or is skipped, asked once all it depends on is decided; absent: it always runs. Pure. */
  isLive?(outcomes: Outcomes): boolean;
  retry?: RetryPolicy;
  /** `continue`: a failure becomes an outcome whose only port is `error`; `fail` (the default) blocks what follows. */
  onError?: 'fail' | 'continue';
}

/** Steps in one deterministic topological order. It is pinned for the life of a run. */
export interface Flow<Step extends FlowStep = FlowStep> {
  steps: readonly Step[];
}
