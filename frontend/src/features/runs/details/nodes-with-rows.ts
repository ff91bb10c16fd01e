import type { NodeRun, PlanStep } from '../../../api/types';

interface PlannedRun {
  plan: readonly PlanStep[];
  nodes: Readonly<Record<string, NodeRun>>;
}

/** The nodes whose rows can be read, in the order in which they ended: each ends a query, and none writes a table. */
export function nodesWithRows({ plan, nodes }: PlannedRun, typeOf: (nodeId: string) => string): string[] {
  const ending = new Set(plan.filter(({ kind }) => kind === 'query').map((step) => step.nodes.at(-1)));
  return Object.entries(nodes)
    .filter(([id, { status }]) => ending.has(id) && status === 'succeeded' && typeOf(id) !== 'output.table')
    .sort(([, a], [, b]) => (a.finishedAt ?? '').localeCompare(b.finishedAt ?? ''))
    .map(([id]) => id);
}
