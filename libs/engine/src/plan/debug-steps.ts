import { sqlNodes } from '@snowflow/nodes/composers';
import { nodeOf, type WorkflowGraph } from '../validate/workflow-graph';
import { type Boundaries, isComputedOnce } from './boundaries';
import type { PlanStep } from './plan';
import { planStep } from './plan-step';

/**
 * A run node by node: every relation that can be computed without an action has a statement of its own that shows a few rows. Nothing
 * is written, sent or waited for; conditions are decided.
 */
export function debugSteps(
  graph: WorkflowGraph,
  boundaries: Boundaries,
  ends: readonly PlanStep[],
  rows: number,
): PlanStep[] {
  const possible = new Set<string>();
  return graph.order.flatMap((id): PlanStep[] => {
    const checked = nodeOf(graph, id);
    const { node } = checked;
    const end = ends.find((step) => step.endsAt === id);
    if (node.disabled || (!end && !sqlNodes.has(node.type))) return [];
    if (end && end.kind !== 'query' && end.kind !== 'condition') return [];
    const step = end ?? planStep(graph, boundaries, id);
    if (!step.dependsOn.every((before) => possible.has(before))) return [];
    if (end) possible.add(id);
    // What others read has to be whole; a pinned result is there already.
    return [
      step.kind === 'condition' || isComputedOnce(checked) || step.settings.pinned
        ? step
        : { ...step, previewRows: rows },
    ];
  });
}
