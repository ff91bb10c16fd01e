import { refusal } from '../store/connect-rules';
import type { Graph } from '../store/graph-edits';
import { portsOfNode } from '../store/node-definitions';

/** Every connection that may start at a node, in document order of targets. */
export function possibleConnections(graph: Graph, source: string) {
  const from = graph.nodes.find(({ id }) => id === source);
  return (from ? portsOfNode(from.data).outputs : []).flatMap((output) =>
    graph.nodes.flatMap((node) =>
      portsOfNode(node.data)
        .inputs.map((input) => ({ source, sourceHandle: output.id, target: node.id, targetHandle: input.id }))
        .filter((wanted) => refusal(graph, wanted) === undefined),
    ),
  );
}
