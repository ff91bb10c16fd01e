export const RUN_STATUSES = ['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const NODE_STATUSES = [
  'pending',
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
] as const;
export type NodeStatus = (typeof NODE_STATUSES)[number];

/** Terminal states are written once and never left. */
export function isTerminal(status: RunStatus): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled';
}

export const RUN_EVENT_TYPES = [
  ...(['queued', 'started', 'waiting', 'succeeded', 'failed', 'cancelled'] as const).map((s) => `run.${s}` as const),
  ...NODE_STATUSES.map((s) => `node.${s}` as const),
] as const;
export type RunEventType = (typeof RUN_EVENT_TYPES)[number];

/** What a node waits for: people, a moment, its person's next sign-in, or the workflows that it runs. */
export const NODE_WAITS_FOR = ['approval', 'time', 'session', 'workflow'] as const;
export type NodeWaitsFor = (typeof NODE_WAITS_FOR)[number];

/** How a run was started: by a person who waits for it, by a call of a published workflow, or by a schedule. */
export const RUN_TRIGGERS = ['manual', 'published', 'schedule'] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

/** What has all its places taken, so that a queued run waits. */
export const WAITS_FOR = ['tenant', 'workflow', 'warehouse'] as const;
export type WaitsFor = (typeof WAITS_FOR)[number];
