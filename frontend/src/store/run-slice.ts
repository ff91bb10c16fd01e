import type { PlanStep, Run, RunError, RunEvent } from '../api/types';
import { afterEvent, afterReading, type RunProgress } from './run-progress';
import type { GetState, SetState } from './store-types';

interface ShownRun extends RunProgress {
  createdAt: string;
  plan: readonly PlanStep[];
  /** What was sent and what Snowflake said of it; undefined before the run is read for the first time. */
  statements?: Run['statements'];
  error?: RunError;
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
      set({
        run: {
          ...afterReading(current, loaded),
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
