import type { Problem } from '@snowflow/contracts/documents/problem';
import type { WorkflowEdge } from '@snowflow/contracts/documents/workflow-document';
import type { PortKind } from '@snowflow/nodes/kit/node-definition';
import type { CheckedNode, WorkflowGraph } from './workflow-graph';
import { nodeOf } from './workflow-graph';

/** Inputs that are missing or taken twice, and edges between ports of different kinds. */
export function checkPorts(graph: WorkflowGraph): Problem[] {
  const problems = [...graph.nodes.values()].flatMap(countProblems);
  for (const id of graph.order) {
    const checked = nodeOf(graph, id);
    checked.inputKinds = kindsReaching(graph, checked);
    problems.push(...kindProblems(graph, checked));
  }
  return problems;
}

function countProblems({ node, ports, incoming }: CheckedNode): Problem[] {
  return ports.inputs.flatMap((port, index, all): Problem[] => {
    const edges = incoming.filter((edge) => edge.targetPort === port.id).length;
    const at = { severity: 'error', nodeId: node.id, path: port.id } as const;
    if (edges === 0 && !port.optional && !(node.disabled && index > 0)) {
      const message = all.length > 1 ? `Nothing is connected to the input “${port.id}”` : 'Nothing is connected to it';
      return [{ ...at, code: 'MISSING_INPUT', message, suggestion: 'Draw an edge to it' }];
    }
    if (edges > 1 && !port.many) {
      return [{ ...at, code: 'INVALID_CONFIG', message: `The input “${port.id}” takes one edge and has ${edges}` }];
    }
    return [];
  });
}

function kindsReaching(graph: WorkflowGraph, { ports, incoming }: CheckedNode): Readonly<Record<string, PortKind>> {
  return Object.fromEntries(
    ports.inputs.map(({ id, kind }) => {
      const edge = incoming.find(({ targetPort }) => targetPort === id);
      return [id, kind === 'either' && edge ? kindOfEdge(graph, edge) : kind];
    }),
  );
}

/** A port that takes either gives on what reached its node first. */
function kindOfEdge(graph: WorkflowGraph, { source, sourcePort }: WorkflowEdge): PortKind {
  const { ports, inputKinds } = nodeOf(graph, source);
  const kind = ports.outputs.find(({ id }) => id === sourcePort)?.kind ?? 'either';
  return kind === 'either' ? (inputKinds[ports.inputs[0]?.id ?? ''] ?? 'either') : kind;
}

function kindProblems(graph: WorkflowGraph, checked: CheckedNode): Problem[] {
  return checked.incoming.flatMap((edge): Problem[] => {
    const wanted = checked.ports.inputs.find((port) => port.id === edge.targetPort)?.kind ?? 'either';
    const given = kindOfEdge(graph, edge);
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
