import type { Problem } from '@snowflow/contracts/documents/problem';
import type { PortKind } from '@snowflow/nodes/kit/node-definition';
import type { CheckedNode, WorkflowGraph } from './workflow-graph';
import { nodeOf } from './workflow-graph';

/** Inputs that are missing or taken twice, and edges between ports of different kinds. */
export function checkPorts(graph: WorkflowGraph): Problem[] {
  const kinds = new Map<string, PortKind>();
  const problems = [...graph.nodes.values()].flatMap(countProblems);
  for (const id of graph.order) {
    const checked = nodeOf(graph, id);
    problems.push(...kindProblems(checked, kinds));
    kinds.set(id, kindTaken(checked, kinds));
  }
  return problems;
}

function countProblems({ node, definition, incoming }: CheckedNode): Problem[] {
  const ports = definition?.inputs ?? [];
  return ports.flatMap((port, index): Problem[] => {
    const edges = incoming.filter((edge) => edge.targetPort === port.id).length;
    const at = { severity: 'error', nodeId: node.id, path: port.id } as const;
    if (edges === 0 && !(node.disabled && index > 0)) {
      const message =
        ports.length > 1 ? `Nothing is connected to the input “${port.id}”` : 'Nothing is connected to it';
      return [{ ...at, code: 'MISSING_INPUT', message, suggestion: 'Draw an edge to it' }];
    }
    if (edges > 1 && !port.many) {
      return [{ ...at, code: 'INVALID_CONFIG', message: `The input “${port.id}” takes one edge and has ${edges}` }];
    }
    return [];
  });
}

/** The kind a node hands on through a port that takes either. */
function kindTaken(checked: CheckedNode, kinds: ReadonlyMap<string, PortKind>): PortKind {
  const own = checked.definition?.outputs[0]?.kind ?? 'either';
  const [first] = checked.incoming;
  return own === 'either' && first ? (kinds.get(first.source) ?? 'either') : own;
}

function kindProblems(checked: CheckedNode, kinds: ReadonlyMap<string, PortKind>): Problem[] {
  return checked.incoming.flatMap((edge): Problem[] => {
    const wanted = checked.definition?.inputs.find((port) => port.id === edge.targetPort)?.kind ?? 'either';
    const given = kinds.get(edge.source) ?? 'either';
    if (wanted === 'either' || given === 'either' || wanted === given) return [];
    return [
      {
        severity: 'error',
        code: 'PORT_KIND_MISMATCH',
        nodeId: checked.node.id,
        path: edge.targetPort,
        message: `The input “${edge.targetPort}” takes a ${wanted}, and a ${given} reaches it`,
      },
    ];
  });
}
