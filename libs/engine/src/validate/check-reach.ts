import type { Problem } from '@snowflow/contracts/documents/problem';
import { CheckedNode, nodeOf, nodesBefore, WorkflowGraph } from './workflow-graph';

const isOutput = ({ definition, node }: CheckedNode) => definition?.group === 'output' && !node.disabled;

/** Warnings: no output at all (then the last nodes' rows are the results), or nodes that lead to none (they aren't run). */
export function checkReach(graph: WorkflowGraph): Problem[] {
  if (graph.nodes.size === 0) return [];
  const needed = nodesLeadingToOutputs(graph);
  if (needed.size === 0) {
    return [
      {
        severity: 'warning',
        code: 'NO_OUTPUT',
        path: 'nodes',
        message: 'The workflow has no output, so a run shows what its last nodes give',
        suggestion: 'Add a Result',
      },
    ];
  }
  return [...graph.nodes.values()]
    .filter(({ node, definition }) => definition && !needed.has(node.id) && !node.disabled)
    .map(({ node }) => ({
      severity: 'warning',
      code: 'UNREACHABLE_NODE',
      nodeId: node.id,
      message: 'It leads to no output, so it is not run',
    }));
}

/** Ids of outputs and of all nodes above them. */
export function nodesLeadingToOutputs(graph: WorkflowGraph): Set<string> {
  return nodesLeadingTo(graph, outputsOf(graph), nodesBefore);
}

/** Ids of the outputs that are not disabled. */
export function outputsOf(graph: WorkflowGraph): string[] {
  return [...graph.nodes.values()].filter(isOutput).map(({ node }) => node.id);
}

/** Ids of nodes and of all above them, by what `before` says comes before a node. */
export function nodesLeadingTo(
  graph: WorkflowGraph,
  ends: readonly string[],
  before: (checked: CheckedNode) => string[],
): Set<string> {
  const needed = new Set<string>();
  const open = [...ends];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (needed.has(id)) continue;
    needed.add(id);
    open.push(...before(nodeOf(graph, id)));
  }
  return needed;
}
