import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { MergedList, Side } from './merge-keyed';

type Edge = WorkflowDocument['edges'][number];
type Group = WorkflowDocument['groups'][number];

/** Connections that lost their node in the merge: it is there on the side that they are from, and not in what became of both. */
export function danglingEdges(
  { items, from }: MergedList<Edge>,
  there: ReadonlySet<string>,
  mine: WorkflowDocument,
  theirs: WorkflowDocument,
): Edge[] {
  const had = nodesOf(mine, theirs);
  return items.filter(({ id, source, target }) => {
    const side = from.get(id);
    return side !== undefined && [source, target].some((node) => had[side].has(node) && !there.has(node));
  });
}

/** A group without the nodes that the other side removed. */
export function withoutVanished(
  group: Group,
  side: Side | undefined,
  there: ReadonlySet<string>,
  mine: WorkflowDocument,
  theirs: WorkflowDocument,
): Group {
  if (side === undefined) return group;
  const had = nodesOf(mine, theirs)[side];
  return { ...group, nodes: group.nodes.filter((node) => there.has(node) || !had.has(node)) };
}

function nodesOf(mine: WorkflowDocument, theirs: WorkflowDocument): Record<Side, Set<string>> {
  const ids = ({ nodes }: WorkflowDocument) => new Set(nodes.map(({ id }) => id));
  return { mine: ids(mine), theirs: ids(theirs) };
}
