import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { nodeEnded } from '../run-progress';
import type { BuilderState } from '../store-types';

export const selectIsRunning = (state: BuilderState) => state.run !== undefined && !isTerminal(state.run.status);
export const selectNodesTotal = (state: BuilderState) => Object.keys(state.run?.nodes ?? {}).length;
export const selectNodesEnded = (state: BuilderState) =>
  Object.values(state.run?.nodes ?? {}).reduce((count, { status }) => count + Number(nodeEnded(status)), 0);

/** The node whose result the drawer shows: pinned, else selected, else the last that ended with rows or a value. */
export function selectResultNode(state: BuilderState): string | undefined {
  const { pinnedNode, selectedIds, run } = state;
  if (pinnedNode !== undefined) return pinnedNode;
  if (selectedIds.length === 1) return selectedIds[0];
  let last: { id: string; at: string } | undefined;
  for (const [id, { status, rowCount, valueBytes, finishedAt }] of Object.entries(run?.nodes ?? {})) {
    if (status !== 'succeeded' || (rowCount ?? valueBytes) === undefined || finishedAt === null) continue;
    if (!last || finishedAt >= last.at) last = { id, at: finishedAt };
  }
  return last?.id;
}
