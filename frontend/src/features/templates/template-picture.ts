import type { NodeGroup } from '@snowflow/nodes/kit/node-definition';
import type { TemplateSummary } from '../../api/templates';
import { definitionOf } from '../../store/node-definitions';

/** The picture's own size; it is scaled as a whole. */
export const PICTURE = { width: 300, height: 110 } as const;
const NODE = { width: 44, height: 20 } as const;
const MARGIN = 18;

export interface DrawnNode {
  id: string;
  group: NodeGroup | 'unknown';
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface DrawnPicture {
  nodes: DrawnNode[];
  /** The path of each edge. */
  edges: string[];
  /** What it shows, in words. */
  words: string;
}

type Graph = Pick<TemplateSummary, 'nodes' | 'edges'>;

/** The graph as it is laid out on the canvas, small. */
export function drawPicture({ nodes, edges }: Graph): DrawnPicture {
  const across = scale(
    nodes.map(({ x }) => x),
    PICTURE.width - 2 * MARGIN - NODE.width,
  );
  const down = scale(
    nodes.map(({ y }) => y),
    PICTURE.height - 2 * MARGIN - NODE.height,
  );
  const size = Math.min(1, across.step / NODE.width, (down.step - 4) / NODE.height);
  const width = NODE.width * Math.max(size, 0.3);
  const height = NODE.height * Math.max(size, 0.5);
  const drawn = nodes.map(({ id, type, x, y }) => ({
    id,
    group: definitionOf(type)?.group ?? ('unknown' as const),
    x: MARGIN + across.at(x) + (NODE.width - width) / 2,
    y: MARGIN + down.at(y) + (NODE.height - height) / 2,
    width,
    height,
  }));
  const byId = new Map(drawn.map((node) => [node.id, node]));
  const lines = edges.flatMap(({ source, target }) => {
    const [from, to] = [byId.get(source), byId.get(target)];
    return from && to ? [curve(from, to)] : [];
  });
  return { nodes: drawn, edges: lines, words: wordsOf({ nodes, edges }) };
}

/** Between the ends of one line, and in the middle where all stand alike. `step` is the least distance of two. */
function scale(values: readonly number[], room: number): { at: (value: number) => number; step: number } {
  const distinct = [...new Set(values)].toSorted((a, b) => a - b);
  const [least = 0, most = 0] = [distinct[0], distinct.at(-1)];
  if (most === least) return { at: () => room / 2, step: Infinity };
  const factor = Math.min(room / (most - least), 0.45);
  const spare = (room - (most - least) * factor) / 2;
  const gaps = distinct.slice(1).map((value, index) => (value - (distinct[index] ?? value)) * factor);
  return { at: (value) => spare + (value - least) * factor, step: Math.max(Math.min(...gaps) * 0.85, 1) };
}

function curve(from: DrawnNode, to: DrawnNode): string {
  const [x1, y1] = [from.x + from.width, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height / 2];
  const bend = Math.max(6, Math.abs(x2 - x1) / 2);
  const number = (value: number) => Number(value.toFixed(1));
  return `M${number(x1)} ${number(y1)}C${number(x1 + bend)} ${number(y1)} ${number(x2 - bend)} ${number(y2)} ${number(x2)} ${number(y2)}`;
}

/** Its steps in the order that they stand in, left to right. */
function wordsOf({ nodes }: Graph): string {
  const inOrder = nodes.toSorted((a, b) => a.x - b.x || a.y - b.y);
  const names = inOrder.map(({ label, type }) => label || (definitionOf(type)?.title ?? type));
  const shown = names.slice(0, 12).join(', ');
  const rest = names.length > 12 ? ` and ${names.length - 12} more` : '';
  return names.length === 0 ? 'An empty workflow' : `${names.length} steps: ${shown}${rest}`;
}
