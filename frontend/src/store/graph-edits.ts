import type { WantedConnection } from './connect-rules';
import { refusal } from './connect-rules';
import {
  canvasEdge,
  canvasNode,
  FOOTER_HEIGHT,
  NODE_HEIGHT,
  NODE_WIDTH,
  type CanvasEdge,
  type CanvasNode,
} from './canvas-elements';
import { definitionOf, portsOfNode } from './node-definitions';

export interface Graph {
  nodes: CanvasNode[];
  edges: CanvasEdge[];
}

const RANK_GAP = 60;
const SIBLING_GAP = 20;
const FULL_HEIGHT = NODE_HEIGHT + FOOTER_HEIGHT;

/** The first of `base1`, `base2`, … that is not taken. */
export function freeId(base: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count++) {
    const id = `${base}${count}`;
    if (!taken.has(id)) return id;
  }
}

export function withEdge(graph: Graph, wanted: WantedConnection): Graph {
  if (refusal(graph, wanted)) return graph;
  const id = freeId('e', new Set(graph.edges.map((edge) => edge.id)));
  const edge = canvasEdge({
    id,
    source: wanted.source,
    sourcePort: wanted.sourceHandle ?? 'out',
    target: wanted.target,
    targetPort: wanted.targetHandle ?? 'in',
  });
  return { ...graph, edges: [...graph.edges, edge] };
}

/** The first way from a node's outputs into another node's free inputs, if there is one. */
export function firstConnection(graph: Graph, source: string, target: string): WantedConnection | undefined {
  const portsAt = (id: string) => {
    const node = graph.nodes.find((candidate) => candidate.id === id);
    return node ? portsOfNode(node.data) : undefined;
  };
  const outputs = [...(portsAt(source)?.outputs ?? [])];
  // An output that feeds nothing yet is the likelier one.
  const used = (port: string) => graph.edges.some((edge) => edge.source === source && edge.sourceHandle === port);
  outputs.sort((a, b) => Number(used(a.id)) - Number(used(b.id)));
  for (const output of outputs) {
    for (const input of portsAt(target)?.inputs ?? []) {
      const wanted = { source, sourceHandle: output.id, target, targetHandle: input.id };
      if (!refusal(graph, wanted)) return wanted;
    }
  }
  return undefined;
}

/** A free place for a node right or left of another one, below what already stands there. */
export function placeBeside(graph: Graph, id: string, side: 'right' | 'left'): { x: number; y: number } {
  const anchor = graph.nodes.find((node) => node.id === id);
  if (!anchor) return { x: 0, y: 0 };
  const x = anchor.position.x + (side === 'right' ? 1 : -1) * (NODE_WIDTH + RANK_GAP);
  let y = anchor.position.y;
  const collides = () =>
    graph.nodes.some(
      ({ position }) =>
        Math.abs(position.x - x) < NODE_WIDTH + SIBLING_GAP && Math.abs(position.y - y) < FULL_HEIGHT + SIBLING_GAP,
    );
  while (collides()) y += FULL_HEIGHT + SIBLING_GAP;
  return { x, y };
}

/** A new node of a type; ids are short and say the type, since people read them in SQL and exports. */
export function newNode(
  graph: Graph,
  type: string,
  position: { x: number; y: number },
  start: { label?: string; config?: Record<string, unknown> } = {},
): CanvasNode {
  const definition = definitionOf(type);
  const base = type.split('.').at(-1) ?? 'node';
  return {
    ...canvasNode({
      id: freeId(base, new Set(graph.nodes.map(({ id }) => id))),
      type,
      label: start.label ?? definition?.title ?? type,
      position: { x: Math.round(position.x / 10) * 10, y: Math.round(position.y / 10) * 10 },
      config: start.config ?? { ...definition?.initialConfig },
    }),
    selected: true,
  };
}

export const unselected = <Element extends { selected?: boolean | undefined }>(elements: Element[]): Element[] =>
  elements.map((element) => (element.selected ? { ...element, selected: false } : element));

/** Puts a node into an edge: what flowed through the edge now flows through the node, as far as its ports allow. */
export function insertedOnEdge(graph: Graph, edgeId: string, node: CanvasNode): Graph {
  const edge = graph.edges.find(({ id }) => id === edgeId);
  const nodes = [...unselected(graph.nodes), node];
  if (!edge) return { ...graph, nodes };
  const parted: Graph = { nodes, edges: graph.edges.filter(({ id }) => id !== edgeId) };
  const intoNode = firstConnection(parted, edge.source, node.id);
  const first = intoNode
    ? withEdge(parted, { ...intoNode, sourceHandle: edge.sourceHandle ?? intoNode.sourceHandle ?? 'out' })
    : parted;
  const output = portsOfNode(node.data).outputs[0];
  if (!output) return first;
  return withEdge(first, {
    source: node.id,
    sourceHandle: output.id,
    target: edge.target,
    targetHandle: edge.targetHandle ?? 'in',
  });
}

/** Removes nodes and edges. A removed node with one edge in and one out leaves its neighbours connected. */
export function without(graph: Graph, nodeIds: ReadonlySet<string>, edgeIds: ReadonlySet<string>): Graph {
  let edges = graph.edges.filter(({ id }) => !edgeIds.has(id));
  let nodes = graph.nodes;
  for (const id of nodeIds) {
    const into = edges.filter((edge) => edge.target === id);
    const outOf = edges.filter((edge) => edge.source === id);
    nodes = nodes.filter((node) => node.id !== id);
    edges = edges.filter((edge) => edge.source !== id && edge.target !== id);
    const [before, after] = [into[0], outOf[0]];
    if (into.length === 1 && outOf.length === 1 && before && after) {
      const bridge = {
        source: before.source,
        sourceHandle: before.sourceHandle ?? 'out',
        target: after.target,
        targetHandle: after.targetHandle ?? 'in',
      };
      edges = withEdge({ nodes, edges }, bridge).edges;
    }
  }
  return { nodes, edges };
}

/** Joins a new node to the one it was added at: after it, or, when it has no input for that, before it. */
export function joined(graph: Graph, anchor: string, added: string, mayMove: boolean): Graph {
  const forward = firstConnection(graph, anchor, added);
  if (forward) return withEdge(graph, forward);
  const backward = firstConnection(graph, added, anchor);
  if (!backward) return graph;
  const others = { ...graph, nodes: graph.nodes.filter(({ id }) => id !== added) };
  const position = placeBeside(others, anchor, 'left');
  const nodes = mayMove ? graph.nodes.map((node) => (node.id === added ? { ...node, position } : node)) : graph.nodes;
  return withEdge({ ...graph, nodes }, backward);
}
