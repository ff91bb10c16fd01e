import type { LegacyNode } from './legacy-flow';

/** One node that a node of the earlier SnowFlow becomes. */
export interface Homed {
  type: string;
  config: Record<string, unknown>;
}

/** The nodes that it becomes, one behind the other; none where it has no home. */
export interface Home {
  nodes: readonly Homed[];
  reasons: readonly string[];
  /** What could not be understood: at which of the nodes, and which field. */
  problems: readonly { at: number; path: string; message: string }[];
}

/** Where one type of node goes. `behind`: the nodes that its edges lead to. */
export type Mover = (node: LegacyNode, behind: readonly LegacyNode[]) => Home;

export const home = (type: string, config: Record<string, unknown>, reasons: readonly string[] = []): Home => ({
  nodes: [{ type, config }],
  reasons,
  problems: [],
});

export const homeless = (reason: string): Home => ({ nodes: [], reasons: [reason], problems: [] });

export const withProblem = (one: Home, path: string, message: string, at = 0): Home => ({
  ...one,
  problems: [...one.problems, { at, path, message }],
});
