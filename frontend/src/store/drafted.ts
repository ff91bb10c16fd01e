import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { sameJson } from '@snowflow/engine/diff/same-json';
import { canvasEdge, canvasNode, documentNode, type CanvasNode, type DocumentRest } from './canvas-elements';
import type { Graph } from './graph-edits';

interface Drawn extends Graph {
  name: string;
  rest: DocumentRest;
}

/** What is drawn after another document takes its place: what is the same in both stays the same object, what differs is selected. */
export function drafted(
  { nodes, rest: before }: Drawn,
  definition: WorkflowDocument,
  selection: 'changed' | 'stays' = 'changed',
): Drawn {
  const { name, description, parameters, notes, groups } = definition;
  const old = new Map(nodes.map((node) => [node.id, node]));
  const rest = { description, parameters, notes, groups };
  return {
    name,
    rest: sameJson(rest, before) ? before : rest,
    edges: definition.edges.map(canvasEdge),
    nodes: definition.nodes.map((node): CanvasNode => {
      const drawn = old.get(node.id);
      const same = drawn && sameJson(documentNode(drawn), node);
      const selected = selection === 'stays' ? (drawn?.selected ?? false) : !same;
      if (same) return (drawn.selected ?? false) === selected ? drawn : { ...drawn, selected };
      return { ...drawn, ...canvasNode(node), selected };
    }),
  };
}
