import { isTerminal } from '@snowflow/contracts/runs/run-state';
import type { BuilderState } from '../store-types';

export type EdgeLook = 'idle' | 'done' | 'active' | 'ahead' | 'muted';

/** How an edge is drawn, from the states of its two ends in the run. */
export const selectEdgeLook =
  (source: string, target: string) =>
  ({ run }: BuilderState): EdgeLook => {
    const from = run?.nodes[source]?.status;
    const to = run?.nodes[target]?.status;
    if (!run || !from || !to) return 'idle';
    if (to === 'skipped' || from === 'skipped') return 'muted';
    if (to === 'running' || from === 'running') return 'active';
    if (from === 'succeeded' && (to === 'succeeded' || to === 'failed')) return 'done';
    return isTerminal(run.status) ? 'idle' : 'ahead';
  };
