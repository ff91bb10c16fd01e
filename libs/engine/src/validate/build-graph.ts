import type { Problem } from '@snowflow/contracts/documents/problem';
import type { WorkflowDocument, WorkflowEdge } from '@snowflow/contracts/documents/workflow-document';
import { definitions } from '@snowflow/nodes/definitions';
import { nearest } from '@snowflow/nodes/kit/nearest';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import { portsOf } from '@snowflow/nodes/kit/node-ports';
import { referencesIn } from '@snowflow/nodes/kit/references';
import type { CheckedNode } from './workflow-graph';

type Nodes = Map<string, CheckedNode>;

/** The nodes with the edges that join ports which exist; the problems are of those that don't. */
export function buildGraph(
  document: WorkflowDocument,
  knowledge: ReadonlyMap<string, Knowledge>,
): { nodes: Nodes; problems: Problem[] } {
  const nodes: Nodes = new Map();
  const problems: Problem[] = [];
  for (const node of document.nodes) {
    const definition = definitions.get(node.type);
    if (!definition) problems.push(unknownType(node.id, node.type));
    if (nodes.has(node.id)) continue;
    const known = knowledge.get(node.id);
    const ports = definition ? portsOf(definition, node.config) : { inputs: [], outputs: [] };
    const none = { incoming: [], outgoing: [], references: [], inputKinds: {}, inputColumns: {}, columns: {} };
    nodes.set(node.id, { node, definition, ports, known, ...none, sorted: false });
  }
  for (const checked of nodes.values()) {
    if (checked.node.disabled) continue;
    checked.references = referencesIn(checked.node.config).filter(({ node }) => nodes.has(node));
  }
  document.edges.forEach((edge, index) => {
    const found = [...edgeProblems(nodes, edge, index)];
    problems.push(...found);
    if (found.length > 0) return;
    nodes.get(edge.source)?.outgoing.push(edge);
    nodes.get(edge.target)?.incoming.push(edge);
  });
  return { nodes, problems };
}

function unknownType(nodeId: string, type: string): Problem {
  const close = nearest(type, [...definitions.keys()]);
  return {
    severity: 'error',
    code: 'UNKNOWN_NODE_TYPE',
    nodeId,
    message: `There is no node type “${type}”`,
    ...(close === undefined ? {} : { suggestion: `Did you mean “${close}”?` }),
  };
}

function* edgeProblems(nodes: Nodes, edge: WorkflowEdge, index: number): Generator<Problem> {
  const ends = [
    { end: 'source', nodeId: edge.source, port: edge.sourcePort, side: 'outputs' },
    { end: 'target', nodeId: edge.target, port: edge.targetPort, side: 'inputs' },
  ] as const;
  for (const { end, nodeId, port, side } of ends) {
    const checked = nodes.get(nodeId);
    if (!checked) {
      const message = `The edge “${edge.id}” ends at a node “${nodeId}” that does not exist`;
      yield { severity: 'error', code: 'UNKNOWN_NODE', path: `edges.${index}.${end}`, message };
    } else if (checked.definition && !checked.ports[side].some((candidate) => candidate.id === port)) {
      const kind = side === 'inputs' ? 'input' : 'output';
      const message = `${checked.definition.title} has no ${kind} “${port}”`;
      yield { severity: 'error', code: 'UNKNOWN_PORT', nodeId, path: port, message };
    }
  }
}
