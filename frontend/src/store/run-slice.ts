import { isTerminal, type NodeStatus, type RunStatus } from '@snowflow/contracts/runs/run-state';
import type { NodeRun, PlanStep, Run, RunError, RunEvent } from '../api/types';
import type { GetState, SetState } from './store-types';

interface ShownRun {
  id: string;
  status: RunStatus;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  nodes: Readonly<Record<string, NodeRun>>;
  plan: readonly PlanStep[];
  error?: RunError;
  /** In the order of their sequence numbers. */
  events: readonly RunEvent[];
  /** The configs the run was started with; undefined for a run found after a reload. */
  startedWith?: ReadonlyMap<string, unknown>;
}

export interface RunSlice {
  run: ShownRun | undefined;
  /** The event stream has been away for more than a moment; the run goes on. */
  reconnecting: boolean;
  beginRun(id: string): void;
  loadRun(run: Run): void;
  applyRunEvent(event: RunEvent): void;
  setReconnecting(reconnecting: boolean): void;
  clearRun(): void;
}

const RUN_EVENT_STATUS: Readonly<Record<string, RunStatus>> = {
  'run.queued': 'queued',
  'run.started': 'running',
  'run.waiting': 'waiting',
  'run.succeeded': 'succeeded',
  'run.failed': 'failed',
  'run.cancelled': 'cancelled',
};

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
  // Events never carry the message of a failure; GET /runs/:id does.
  const message = next.error?.message ?? current.error?.message;
  return next.error && message ? { ...next, error: { ...next.error, message } } : next;
}

/** The run after one event. An event that was seen before changes nothing: a stream may repeat itself after a break. */
function afterEvent(run: ShownRun, event: RunEvent): ShownRun {
  const last = run.events.at(-1)?.data.seq ?? -1;
  if (event.data.runId !== run.id || event.data.seq <= last) return run;
  const events = [...run.events, event];
  const { nodeId, node, at } = event.data;
  if (nodeId && node) {
    return { ...run, events, nodes: { ...run.nodes, [nodeId]: later(run.nodes[nodeId], node) } };
  }
  const status = RUN_EVENT_STATUS[event.type];
  if (!status || isTerminal(run.status)) return { ...run, events };
  return {
    ...run,
    events,
    status,
    startedAt: run.startedAt ?? (status === 'queued' ? null : at),
    finishedAt: isTerminal(status) ? at : null,
  };
}

export function runSlice(set: SetState, get: GetState): RunSlice {
  return {
    run: undefined,
    reconnecting: false,
    beginRun: (id) =>
      set({
        reconnecting: false,
        run: {
          id,
          status: 'queued',
          createdAt: new Date().toISOString(),
          startedAt: null,
          finishedAt: null,
          nodes: Object.fromEntries(
            get().nodes.map((node) => [node.id, { status: 'pending', startedAt: null, finishedAt: null, attempts: 0 }]),
          ),
          plan: [],
          events: [],
          startedWith: new Map(get().nodes.map(({ id: nodeId, data }) => [nodeId, data.config])),
        },
      }),
    loadRun: (loaded) => {
      const current = get().run?.id === loaded.id ? get().run : undefined;
      const { id, createdAt, startedAt, plan, error } = loaded;
      const ended = current !== undefined && isTerminal(current.status);
      set({
        run: {
          id,
          status: ended ? current.status : loaded.status,
          createdAt,
          startedAt: startedAt ?? current?.startedAt ?? null,
          finishedAt: loaded.finishedAt ?? current?.finishedAt ?? null,
          nodes: Object.fromEntries(
            Object.entries(loaded.nodes).map(([nodeId, node]) => [nodeId, later(current?.nodes[nodeId], node)]),
          ),
          plan,
          ...(error ? { error } : {}),
          events: current?.events ?? [],
          ...(current?.startedWith ? { startedWith: current.startedWith } : {}),
        },
      });
    },
    applyRunEvent: (event) => {
      const { run } = get();
      const next = run && afterEvent(run, event);
      if (next !== run) set({ run: next });
    },
    setReconnecting: (reconnecting) => {
      if (get().reconnecting !== reconnecting) set({ reconnecting });
    },
    clearRun: () => set({ run: undefined, reconnecting: false }),
  };
}
