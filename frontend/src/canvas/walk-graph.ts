import type { Graph } from '../store/graph-edits';

export type Direction = 'upstream' | 'downstream' | 'next' | 'previous';

/** The node that the keyboard goes to from another: along an edge, or among nodes that share the same neighbour. */
export function neighbour({ nodes, edges }: Graph, from: string, direction: Direction): string | undefined {
  if (direction === 'upstream') return edges.find((edge) => edge.target === from)?.source;
  if (direction === 'downstream') return edges.find((edge) => edge.source === from)?.target;
  const sources = new Set(edges.filter((edge) => edge.target === from).map((edge) => edge.source));
  const targets = new Set(edges.filter((edge) => edge.source === from).map((edge) => edge.target));
  const siblings = nodes
    .filter(
      ({ id }) =>
        id === from ||
        edges.some(
          (edge) =>
            (edge.target === id && sources.has(edge.source)) || (edge.source === id && targets.has(edge.target)),
        ),
    )
    .sort((a, b) => a.position.y - b.position.y)
    .map(({ id }) => id);
  const ring = siblings.length > 1 ? siblings : nodes.map(({ id }) => id);
  const index = ring.indexOf(from) + (direction === 'next' ? 1 : -1);
  return ring.at(index % ring.length);
}
