import type { Column } from '@snowflow/contracts/documents/column';
import { stepNodes } from '@snowflow/nodes/composers';
import { NodeSettings, settingsOf } from '@snowflow/nodes/kit/node-settings';
import { CheckedNode, edgesRead, nodeOf, WorkflowGraph } from '../validate/workflow-graph';
import type { Gate, PlanStep } from './plan';

/** The statement that ends at a node. */
export function planStep(graph: WorkflowGraph, endsAt: string): PlanStep {
  const end = nodeOf(graph, endsAt);
  const { members, gates } = above(graph, end);
  const nodes = graph.order.filter((id) => members.has(id));
  const kind = stepNodes.get(end.node.type)?.kind ?? 'query';
  const result = kind === 'query' ? resultOf(end) : undefined;
  return {
    id: endsAt,
    kind,
    nodes,
    endsAt,
    ...(result ? { result } : {}),
    columns: kind === 'query' ? resultColumns(end) : [],
    dependsOn: [...new Set(gates.map((gate) => gate.step))],
    gates,
    settings: settingsOfStep(
      end,
      nodes.map((id) => nodeOf(graph, id)),
    ),
  };
}

/** The nodes whose SQL the statement holds. A condition on the way is none of them: it is decided before and only hands on. */
function above(graph: WorkflowGraph, end: CheckedNode): { members: Set<string>; gates: Gate[] } {
  const members = new Set([end.node.id]);
  const gates = new Map<string, Gate>();
  const seen = new Set<string>();
  const open = [...edgesRead(end)];
  for (let edge = open.pop(); edge !== undefined; edge = open.pop()) {
    const { node, ...checked } = nodeOf(graph, edge.source);
    const isGate = stepNodes.get(node.type)?.kind === 'condition' && !node.disabled;
    if (isGate) {
      gates.set(`${node.id} ${edge.sourcePort}`, { step: node.id, node: node.id, port: edge.sourcePort });
    } else if (!node.disabled) members.add(node.id);
    if (seen.has(node.id)) continue;
    seen.add(node.id);
    open.push(...edgesRead({ node, ...checked }));
  }
  const place = new Map(graph.order.map((id, index) => [id, index]));
  const inOrder = [...gates.values()].toSorted((a, b) => (place.get(a.node) ?? 0) - (place.get(b.node) ?? 0));
  return { members, gates: inOrder };
}

function resultOf({ node, config }: CheckedNode): PlanStep['result'] {
  return stepNodes.get(node.type)?.result?.(config?.value) ?? { name: node.label || node.id, view: 'table' };
}

function resultColumns({ inputColumns, columns, definition }: CheckedNode): Column[] {
  const own = definition?.outputs[0] ? columns[definition.outputs[0].id] : Object.values(inputColumns)[0]?.[0];
  return [...(own ?? [])];
}

/** Of a fused statement the end decides, but the shortest time limit of any node in it holds. */
function settingsOfStep(end: CheckedNode, members: readonly CheckedNode[]): NodeSettings {
  const limits = members.flatMap(({ config }) => settingsOf(config?.value ?? {}).timeoutMs ?? []);
  const { timeoutMs: _own, ...settings } = settingsOf(end.config?.value ?? {});
  return limits.length === 0 ? settings : { ...settings, timeoutMs: Math.min(...limits) };
}
