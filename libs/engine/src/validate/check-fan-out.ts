import type { Problem } from '@snowflow/contracts/documents/problem';
import { settingsOf } from '@snowflow/nodes/kit/node-settings';
import { CheckedNode, nodeOf, passedThrough, WorkflowGraph } from './workflow-graph';

/**
 * Every statement computes what it needs for itself, so a node whose rows may differ from one time to the next must be
 * computed once: what is read from it twice would not be the same.
 */
export function checkFanOut(graph: WorkflowGraph): Problem[] {
  const times = new Map<string, number>();
  for (const id of [...graph.order].toReversed()) times.set(id, timesComputed(graph, nodeOf(graph, id), times));
  return graph.order
    .map((id) => nodeOf(graph, id))
    .filter((checked) => isNonDeterministic(graph, checked) && (times.get(checked.node.id) ?? 0) > 1)
    .filter(({ config }) => !isComputedOnce(config?.value))
    .map(({ node }) => ({
      severity: 'error',
      code: 'NEEDS_MATERIALISE',
      nodeId: node.id,
      message: 'Its rows are read more than once, and may differ each time',
      suggestion:
        node.type === 'shape.limit'
          ? 'Sort before it, or switch on “Compute once” in its settings'
          : 'Switch on “Compute once” in its settings',
    }));
}

/** In how many places a run computes a node; of a condition's ways only one is taken. At most two is counted. */
function timesComputed(graph: WorkflowGraph, checked: CheckedNode, times: ReadonlyMap<string, number>): number {
  const { node, definition, outgoing, ports } = checked;
  const through = (port?: string) =>
    outgoing
      .filter((edge) => (port === undefined || edge.sourcePort === port) && reads(graph, edge.target, edge.id))
      .reduce((sum, edge) => sum + (times.get(edge.target) ?? 0), 0);
  if (node.disabled) return Math.min(2, through());
  if (definition?.passes) {
    const { passes } = definition;
    const ways = ports.outputs.map((port) => through(port.id));
    const onward = passes.through === 'one' ? Math.max(...ways) : ways.reduce((sum, way) => sum + way, 0);
    return Math.min(2, (passes.reads ? 1 : 0) + onward);
  }
  // What is computed once is read by others, and reads what is above it once.
  if (outgoing.length === 0 || isComputedOnce(checked.config?.value)) return 1;
  return Math.min(2, through());
}

/** A disabled node reads its first input only. */
function reads(graph: WorkflowGraph, target: string, edgeId: string): boolean {
  const checked = nodeOf(graph, target);
  return !checked.node.disabled || passedThrough(checked)?.id === edgeId;
}

function isNonDeterministic(graph: WorkflowGraph, checked: CheckedNode): boolean {
  const { node, definition, config } = checked;
  if (node.disabled || !config || !definition?.nonDeterministic) return false;
  const through = passedThrough(checked);
  const inputIsSorted = through !== undefined && nodeOf(graph, through.source).sorted;
  return definition.nonDeterministic(config.value, { inputIsSorted });
}

/** By its setting, or because its failure has to be told from that of others. */
function isComputedOnce(config: unknown): boolean {
  if (config === undefined) return false;
  const { materialise, onError, pinned } = settingsOf(config);
  return materialise || onError !== 'fail' || pinned !== undefined;
}
