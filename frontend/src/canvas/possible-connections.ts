import { refusal } from '../store/connect-rules';
import type { Graph } from '../store/graph-edits';
import { definitionOf } from '../store/node-definitions';

/** Every connection that may start at a node, in document order of targets. */
export function possibleConnections(graph: Graph, source: string) {
  const type = graph.nodes.find(({ id }) => id === source)?.data.type ?? '';
  return (definitionOf(type)?.outputs ?? []).flatMap((output) =>
    graph.nodes.flatMap((node) =>
      (definitionOf(node.data.type)?.inputs ?? [])
        .map((input) => ({ source, sourceHandle: output.id, target: node.id, targetHandle: input.id }))
        .filter((wanted) => refusal(graph, wanted) === undefined),
    ),
  );
}
