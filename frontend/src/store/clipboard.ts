import { z } from 'zod';
import { workflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { canvasEdge, canvasNode, documentEdge, documentNode } from './canvas-elements';
import { freeId, unselected, type Graph } from './graph-edits';

const fragment = z.object({
  snowflow: z.literal('fragment'),
  nodes: workflowDocument.shape.nodes,
  edges: workflowDocument.shape.edges,
});

/** The selected nodes and the edges between them, as text that also pastes into another workflow. */
export function copied(graph: Graph): string | undefined {
  const nodes = graph.nodes.filter(({ selected }) => selected);
  if (nodes.length === 0) return undefined;
  const ids = new Set(nodes.map(({ id }) => id));
  const edges = graph.edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
  return JSON.stringify({ snowflow: 'fragment', nodes: nodes.map(documentNode), edges: edges.map(documentEdge) });
}

/** The graph with a copied fragment in it, under new ids, selected; undefined when the text is not a fragment. */
export function pasted(
  graph: Graph,
  text: string,
  place: { at: { x: number; y: number } } | { by: number },
): Graph | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = fragment.safeParse(json);
  if (!parsed.success || parsed.data.nodes.length === 0) return undefined;
  const { nodes, edges } = parsed.data;
  const left = Math.min(...nodes.map(({ position }) => position.x));
  const top = Math.min(...nodes.map(({ position }) => position.y));
  const shift = 'by' in place ? { x: place.by, y: place.by } : { x: place.at.x - left, y: place.at.y - top };
  const nodeIds = new Set(graph.nodes.map(({ id }) => id));
  const edgeIds = new Set(graph.edges.map(({ id }) => id));
  const renamed = new Map<string, string>();
  const newNodes = nodes.map((node) => {
    const id = freeId(node.id.replace(/\d+$/, '') || 'node', nodeIds);
    nodeIds.add(id);
    renamed.set(node.id, id);
    const position = { x: Math.round(node.position.x + shift.x), y: Math.round(node.position.y + shift.y) };
    return { ...canvasNode({ ...node, id, position }), selected: true };
  });
  const newEdges = edges.flatMap((edge) => {
    const [source, target] = [renamed.get(edge.source), renamed.get(edge.target)];
    if (!source || !target) return [];
    const id = freeId('e', edgeIds);
    edgeIds.add(id);
    return [canvasEdge({ ...edge, id, source, target })];
  });
  return { nodes: [...unselected(graph.nodes), ...newNodes], edges: [...unselected(graph.edges), ...newEdges] };
}
