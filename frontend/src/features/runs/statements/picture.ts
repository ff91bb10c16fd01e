import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { statementOf } from './statements';
import type { Statement } from './statements';

type PlannedRun = Parameters<typeof statementOf>[0];

export const NODE_WIDTH = 196;
export const NODE_HEIGHT = 52;
const MARGIN = 16;

export interface Picture {
  /** Left, top, width and height of all that is drawn. */
  box: { x: number; y: number; width: number; height: number };
  nodes: { id: string; x: number; y: number; statement: Statement | undefined }[];
  edges: { id: string; from: { x: number; y: number }; to: { x: number; y: number }; statement: string | undefined }[];
}

/** The workflow's drawing with the statement of each node. Undefined where none of the run's nodes is drawn any more. */
export function pictureOf(definition: WorkflowDocument, run: PlannedRun): Picture | undefined {
  const drawn = new Map(definition.nodes.filter(({ id }) => id in run.nodes).map((node) => [node.id, node.position]));
  if (drawn.size === 0) return undefined;
  const statements = new Map([...drawn.keys()].map((id) => [id, statementOf(run, id)]));
  const points = [...drawn.values()];
  const [left, top] = [Math.min(...points.map(({ x }) => x)), Math.min(...points.map(({ y }) => y))];
  const [right, bottom] = [Math.max(...points.map(({ x }) => x)), Math.max(...points.map(({ y }) => y))];
  return {
    box: {
      x: left - MARGIN,
      y: top - MARGIN,
      width: right - left + NODE_WIDTH + 2 * MARGIN,
      height: bottom - top + NODE_HEIGHT + 2 * MARGIN,
    },
    nodes: [...drawn].map(([id, { x, y }]) => ({ id, x, y, statement: statements.get(id) })),
    edges: definition.edges.flatMap(({ id, source, target }) => {
      const [from, to] = [drawn.get(source), drawn.get(target)];
      if (!from || !to) return [];
      const own = statements.get(source);
      return {
        id,
        from: { x: from.x + NODE_WIDTH, y: from.y + NODE_HEIGHT / 2 },
        to: { x: to.x, y: to.y + NODE_HEIGHT / 2 },
        statement: own !== undefined && own.step === statements.get(target)?.step ? own.step : undefined,
      };
    }),
  };
}
