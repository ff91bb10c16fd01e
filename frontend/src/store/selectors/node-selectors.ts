import type { NodeRun } from '../../api/types';
import type { BuilderState } from '../store-types';

/** The one selected node; undefined when none or several are selected. */
export const selectSingleId = (state: BuilderState): string | undefined =>
  state.selectedIds.length === 1 ? state.selectedIds[0] : undefined;

export const selectNode = (id: string | undefined) => (state: BuilderState) =>
  id === undefined ? undefined : state.nodes.find((node) => node.id === id);

export const selectNodeRun =
  (id: string) =>
  (state: BuilderState): NodeRun | undefined =>
    state.run?.nodes[id];

/** What a node was changed into after the run took it; undefined runs were found after a reload. */
export const selectIsStale = (id: string, config: unknown) => (state: BuilderState) => {
  const startedWith = state.run?.startedWith;
  return startedWith !== undefined && startedWith.has(id) && startedWith.get(id) !== config;
};

/** The number of the statement a node is part of, counted from 1, when several nodes share it. */
export const selectSharedStatement =
  (id: string) =>
  (state: BuilderState): number | undefined => {
    const index = state.run?.plan.findIndex(({ nodes }) => nodes.includes(id)) ?? -1;
    return index >= 0 && (state.run?.plan[index]?.nodes.length ?? 0) > 1 ? index + 1 : undefined;
  };

/** Whether a node ends its statement, so that the statement's row count and time are its own. */
export const selectEndsStatement =
  (id: string) =>
  (state: BuilderState): boolean => {
    const step = state.run?.plan.find(({ nodes }) => nodes.includes(id));
    return step === undefined || step.nodes.at(-1) === id;
  };
