import type { WorkflowDocument, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';

/** Of a node on the canvas with its gap. */
const STEP = { x: 260, y: 100 };

/** Places the nodes that the document before has not, each right of what leads to it and below what stands there; the others stay. */
export function withPlaces(document: WorkflowDocument, before: WorkflowDocument): WorkflowDocument {
  const known = new Set(before.nodes.map(({ id }) => id));
  const placed = document.nodes.filter(({ id }) => known.has(id));
  const places = new Map(placed.map(({ id, position }) => [id, position]));
  for (const node of inOrder(document)) {
    if (!known.has(node.id)) places.set(node.id, freePlace(node, document, places));
  }
  return {
    ...document,
    nodes: document.nodes.map((node) => ({ ...node, position: places.get(node.id) ?? node.position })),
  };
}

type Places = ReadonlyMap<string, { x: number; y: number }>;

function freePlace({ id }: WorkflowNode, { edges }: WorkflowDocument, places: Places): { x: number; y: number } {
  const near = (ids: string[]) => ids.flatMap((other) => places.get(other) ?? []);
  const left = near(edges.flatMap(({ source, target }) => (target === id ? [source] : [])));
  const right = near(edges.flatMap(({ source, target }) => (source === id ? [target] : [])));
  const anchor = left[0] ?? right[0] ?? { x: 0, y: 0 };
  const x =
    left.length > 0 ? Math.max(...left.map((one) => one.x)) + STEP.x : anchor.x - (right.length > 0 ? STEP.x : 0);
  let { y } = anchor;
  const isTaken = () =>
    [...places.values()].some((one) => Math.abs(one.x - x) < STEP.x - 20 && Math.abs(one.y - y) < STEP.y - 10);
  while (isTaken()) y += STEP.y;
  return { x, y };
}

/** Sources first; what stands in a cycle comes last. */
function inOrder({ nodes, edges }: WorkflowDocument): WorkflowNode[] {
  const waiting = new Map(nodes.map((node) => [node.id, node]));
  const ordered: WorkflowNode[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(
      ({ id }) => !edges.some(({ source, target }) => target === id && source !== id && waiting.has(source)),
    );
    for (const node of ready.length > 0 ? ready : [...waiting.values()]) {
      ordered.push(node);
      waiting.delete(node.id);
    }
  }
  return ordered;
}
