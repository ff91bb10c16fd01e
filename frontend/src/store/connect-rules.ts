import type { PortKind } from '@snowflow/nodes/kit/node-definition';
import type { CanvasEdge, CanvasNode } from './canvas-elements';
import { portOf } from './node-definitions';

/** A connection somebody wants to draw. */
export interface WantedConnection {
  source: string;
  sourceHandle?: string | null;
  target: string;
  targetHandle?: string | null;
}

type Graph = { nodes: readonly CanvasNode[]; edges: readonly CanvasEdge[] };

const KIND_NAMES: Record<PortKind, string> = { relation: 'a table', value: 'a value', either: 'a table or a value' };

/** What an output carries; a node that passes its input on carries what its input does. */
export function carriedKind({ nodes, edges }: Graph, node: string, port: string | null | undefined): PortKind {
  const visited = new Set<string>();
  let [id, handle] = [node, port];
  for (;;) {
    const data = nodes.find((candidate) => candidate.id === id)?.data;
    const kind = data && portOf(data, 'outputs', handle)?.kind;
    if (kind !== 'either') return kind ?? 'either';
    const upstream = edges.find((edge) => edge.target === id);
    if (!upstream || visited.has(id)) return 'either';
    visited.add(id);
    [id, handle] = [upstream.source, upstream.sourceHandle];
  }
}

function reaches(edges: readonly CanvasEdge[], from: string, to: string): boolean {
  const seen = new Set<string>();
  const queue = [from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const edge of edges) if (edge.source === id) queue.push(edge.target);
  }
  return false;
}

/** Why a connection can't be made, as the pointer says it; undefined when it can. */
export function refusal(graph: Graph, wanted: WantedConnection): string | undefined {
  const { nodes, edges } = graph;
  if (wanted.source === wanted.target) return 'A node cannot feed itself';
  const target = nodes.find(({ id }) => id === wanted.target);
  const input = target && portOf(target.data, 'inputs', wanted.targetHandle);
  if (!input) return 'There is no input here';
  const kind = carriedKind(graph, wanted.source, wanted.sourceHandle);
  if (kind !== 'either' && input.kind !== 'either' && kind !== input.kind) {
    return `Needs ${KIND_NAMES[input.kind]}, not ${KIND_NAMES[kind]}`;
  }
  const into = edges.filter((edge) => edge.target === wanted.target && edge.targetHandle === input.id);
  const same = into.some((edge) => edge.source === wanted.source && edge.sourceHandle === wanted.sourceHandle);
  if (same) return 'Already connected';
  if (into.length > 0 && !input.many) return 'This input has a connection';
  if (reaches(edges, wanted.target, wanted.source)) return 'This would make a loop';
  return undefined;
}
