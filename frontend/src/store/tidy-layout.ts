import dagre from '@dagrejs/dagre';
import { FOOTER_HEIGHT, NODE_HEIGHT, NODE_WIDTH } from './canvas-elements';
import type { Graph } from './graph-edits';

/** Room for the footer is kept, so that a run moves nothing. */
const HEIGHT = NODE_HEIGHT + FOOTER_HEIGHT;

/** Left to right by rank; only the selected nodes when two or more are selected, kept where their corner was. */
export function tidied({ nodes, edges }: Graph): Graph {
  const selected = nodes.filter((node) => node.selected);
  const moving = selected.length > 1 ? selected : nodes;
  const ids = new Set(moving.map(({ id }) => id));
  const layout = new dagre.graphlib.Graph();
  layout.setGraph({ rankdir: 'LR', ranksep: 60, nodesep: 16 });
  layout.setDefaultEdgeLabel(() => ({}));
  for (const { id } of moving) layout.setNode(id, { width: NODE_WIDTH, height: HEIGHT });
  for (const { source, target } of edges) if (ids.has(source) && ids.has(target)) layout.setEdge(source, target);
  dagre.layout(layout);
  const corner = (of: readonly { x: number; y: number }[]) => ({
    x: Math.min(...of.map(({ x }) => x)),
    y: Math.min(...of.map(({ y }) => y)),
  });
  const places = new Map(
    moving.map(({ id }) => {
      const { x, y } = layout.node(id);
      return [id, { x: x - NODE_WIDTH / 2, y: y - HEIGHT / 2 }] as const;
    }),
  );
  if (places.size === 0) return { nodes, edges };
  const [before, after] = [corner(moving.map(({ position }) => position)), corner([...places.values()])];
  const round = (value: number) => Math.round(value / 10) * 10;
  return {
    edges,
    nodes: nodes.map((node) => {
      const place = places.get(node.id);
      if (!place) return node;
      const position = { x: round(place.x - after.x + before.x), y: round(place.y - after.y + before.y) };
      return { ...node, position };
    }),
  };
}
