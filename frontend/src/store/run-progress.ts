import { isTerminal, type NodeStatus, type RunStatus } from '@snowflow/contracts/runs/run-state';
import type { NodeRun, Run, RunEvent } from '../api/types';

/** What events change about a run. */
export interface RunProgress {
  id: string;
  status: RunStatus;
  startedAt: string | null;
  finishedAt: string | null;
  nodes: Readonly<Record<string, NodeRun>>;
  /** In the order of their sequence numbers. */
  events: readonly RunEvent[];
}

const RUN_EVENT_STATUS: Readonly<Record<string, RunStatus>> = {
  'run.queued': 'queued',
  'run.started': 'running',
  'run.waiting': 'waiting',
  'run.succeeded': 'succeeded',
  'run.failed': 'failed',
  'run.cancelled': 'cancelled',
};

/** The state that a run has from an event on; undefined for events of nodes. */
export const statusOfEvent = (type: string): RunStatus | undefined => RUN_EVENT_STATUS[type];

const NODE_ENDED: ReadonlySet<NodeStatus> = new Set(['succeeded', 'failed', 'skipped', 'cancelled']);

/** Whether nothing more happens to a node. */
export const nodeEnded = (status: NodeStatus): boolean => NODE_ENDED.has(status);

const RANK: Readonly<Record<NodeStatus, number>> = {
  pending: 0,
  queued: 1,
  running: 2,
  waiting: 2,
  succeeded: 3,
  failed: 3,
  skipped: 3,
  cancelled: 3,
};

/** The later of two entries of a node: a replayed event or a slow answer must not take a node back. */
function later(current: NodeRun | undefined, next: NodeRun): NodeRun {
  if (!current) return next;
  const goesBack = next.attempts <= current.attempts && RANK[next.status] < RANK[current.status];
  if (goesBack) return current;
  // Events never carry the message of a failure or a value; GET /runs/:id does.
  const message = next.error?.message ?? current.error?.message;
  const error = next.error && message ? { error: { ...next.error, message } } : {};
  const { value, valueBytes } = next.status === current.status && next.valueBytes === undefined ? current : next;
  return { ...next, ...error, ...(valueBytes === undefined ? {} : { value, valueBytes }) };
}

/** The run after one event. An event that was seen before changes nothing: a stream may repeat itself after a break. */
export function afterEvent<Followed extends RunProgress>(run: Followed, event: RunEvent): Followed {
  const last = run.events.at(-1)?.data.seq ?? -1;
  if (event.data.runId !== run.id || event.data.seq <= last) return run;
  const events = [...run.events, event];
  const { nodeId, node, at } = event.data;
  if (nodeId && node) {
    return { ...run, events, nodes: { ...run.nodes, [nodeId]: later(run.nodes[nodeId], node) } };
  }
  const status = statusOfEvent(event.type);
  if (!status || isTerminal(run.status)) return { ...run, events };
  return {
    ...run,
    events,
    status,
    startedAt: run.startedAt ?? (status === 'queued' ? null : at),
    finishedAt: isTerminal(status) ? at : null,
  };
}

/** A run as it was read, joined with what events have said of it: neither takes the other back. */
export function afterReading(known: RunProgress | undefined, read: Run): Run & RunProgress {
  const current = known?.id === read.id ? known : undefined;
  return {
    ...read,
    status: current !== undefined && isTerminal(current.status) ? current.status : read.status,
    startedAt: read.startedAt ?? current?.startedAt ?? null,
    finishedAt: read.finishedAt ?? current?.finishedAt ?? null,
    nodes: Object.fromEntries(
      Object.entries(read.nodes).map(([nodeId, node]) => [nodeId, later(current?.nodes[nodeId], node)]),
    ),
    events: current?.events ?? [],
  };
}
