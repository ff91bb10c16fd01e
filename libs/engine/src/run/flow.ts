/**
 * When a step may run, once everything it names is decided. A source is live when its step succeeded and, where a port is named,
 * the outcome lists that port. `all` of nothing holds; `any` of nothing does not.
 */
export type Gate = { source: string; port?: string } | { all: readonly Gate[] } | { any: readonly Gate[] };

/** What a failed attempt leads to: `attempts` in all, the wait doubling from `backoffMs`. */
export interface RetryPolicy {
  attempts: number;
  backoffMs: number;
}

/** One step as the executor sees it: when it runs and what its failure means. What it does is the handler's. */
export interface FlowStep {
  id: string;
  when: Gate;
  retry?: RetryPolicy;
  /** `continue`: a failure becomes an outcome whose only port is `error`; `fail` (the default) blocks what follows. */
  onError?: 'fail' | 'continue';
}

/** Steps in one deterministic topological order: a gate names only steps before its own. It is pinned for the life of a run. */
export interface Flow<Step extends FlowStep = FlowStep> {
  steps: readonly Step[];
}

/** Every step a gate waits for, each once, in the order named. */
export function sourcesOf(gate: Gate): string[] {
  if ('source' in gate) return [gate.source];
  return [...new Set(('all' in gate ? gate.all : gate.any).flatMap(sourcesOf))];
}
