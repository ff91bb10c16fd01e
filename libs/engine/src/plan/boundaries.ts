import { actionNodes, sqlNodes, stepNodes } from '@snowflow/nodes/composers';
import { settingsOf } from '@snowflow/nodes/kit/node-settings';
import { nodesLeadingTo, outputsOf } from '../validate/check-reach';
import { CheckedNode, edgesRead, nodeOf, nodesBefore, WorkflowGraph } from '../validate/workflow-graph';

/** Where steps end, in topological order. */
export interface Boundaries {
  ends: readonly string[];
  /** The node up to which the run was asked for. */
  to?: string;
  has(id: string): boolean;
}

/** What a run is asked for: all, all up to a node, or every relation by itself. */
interface Wanted {
  to?: string;
  debugRows?: number;
}

/**
 * A step ends at every output, condition and action above one, at every relation that is computed once, and at `to`. In a workflow
 * without outputs, and in a debug run, it ends at every condition and action, and at every relation that nothing reads.
 */
export function boundariesOf(graph: WorkflowGraph, { to, debugRows }: Wanted = {}): Boundaries {
  const needed = nodesLeadingTo(graph, to === undefined ? outputsOf(graph) : [to], nodesRunBefore);
  if (debugRows !== undefined) needed.clear();
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

/** What is above a pinned result is not run for it. */
function nodesRunBefore(checked: CheckedNode): string[] {
  return settingsOf(checked.config?.value ?? {}).pinned && !checked.node.disabled ? [] : nodesBefore(checked);
}

/** A relation whose result others read: by its setting, or because its failure has to be told from that of others. */
export function isComputedOnce({ node, config }: CheckedNode): boolean {
  if (!config || !sqlNodes.has(node.type)) return false;
  const { materialise, onError, pinned } = settingsOf(config.value);
  return materialise || onError !== 'fail' || pinned !== undefined;
}

/** These nodes and all that have to be decided before them. */
export function nodesAbove(graph: WorkflowGraph, ends: readonly string[]): Set<string> {
  return nodesLeadingTo(graph, ends, nodesBefore);
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
