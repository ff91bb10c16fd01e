import { actionNodes, sqlNodes, stepNodes } from '@snowflow/nodes/composers';
import { settingsOf } from '@snowflow/nodes/kit/node-settings';
import { nodesLeadingToOutputs } from '../validate/check-reach';
import { CheckedNode, edgesRead, nodeOf, nodesBefore, WorkflowGraph } from '../validate/workflow-graph';

/** Where steps end, in topological order. */
export interface Boundaries {
  ends: readonly string[];
  /** The node up to which the run was asked for. */
  to?: string;
  has(id: string): boolean;
}

/**
 * A step ends at every output, condition and action above one, at every relation that is computed once, and at `to`. In a workflow
 * without outputs it ends at every condition and action, and at every relation that nothing reads.
 */
export function boundariesOf(graph: WorkflowGraph, to?: string): Boundaries {
  const needed = to === undefined ? nodesLeadingToOutputs(graph) : nodesAbove(graph, [to]);
  const read = nodesRead(graph);
  const isEnd = (id: string): boolean => {
    const checked = nodeOf(graph, id);
    const { node, definition } = checked;
    if (!definition || node.disabled) return false;
    if (id === to) return true;
    const ends = stepNodes.has(node.type) || actionNodes.has(node.type) || isComputedOnce(checked);
    return needed.size > 0 ? needed.has(id) && ends : ends || !read.has(id);
  };
  const ends = graph.order.filter(isEnd);
  const set = new Set(ends);
  return { ends, has: (id) => set.has(id), ...(to === undefined ? {} : { to }) };
}

/** By its setting, or because its failure has to be told from that of others. */
function isComputedOnce({ node, config }: CheckedNode): boolean {
  if (!config || !sqlNodes.has(node.type)) return false;
  const { materialise, onError, pinned } = settingsOf(config.value);
  return materialise || onError !== 'fail' || pinned !== undefined;
}

/** These nodes and all that have to be decided before them. */
export function nodesAbove(graph: WorkflowGraph, ends: readonly string[]): Set<string> {
  const above = new Set<string>();
  const open = [...ends];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (above.has(id)) continue;
    above.add(id);
    open.push(...nodesBefore(nodeOf(graph, id)));
  }
  return above;
}

function nodesRead(graph: WorkflowGraph): Set<string> {
  const read = new Set<string>();
  for (const checked of graph.nodes.values()) {
    if (checked.node.disabled) continue;
    for (const id of nodesBefore(checked)) read.add(enabledAbove(graph, id));
  }
  return read;
}

/** The node itself, or, where it is disabled, the one whose rows it hands on. */
function enabledAbove(graph: WorkflowGraph, id: string): string {
  const checked = nodeOf(graph, id);
  const [through] = checked.node.disabled ? edgesRead(checked) : [];
  return through ? enabledAbove(graph, through.source) : id;
}
