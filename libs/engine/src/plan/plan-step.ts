import type { Column } from '@snowflow/contracts/documents/column';
import { actionNodes, stepNodes } from '@snowflow/nodes/composers';
import type { PortKind } from '@snowflow/nodes/kit/node-definition';
import { NodeSettings, settingsOf } from '@snowflow/nodes/kit/node-settings';
import { CheckedNode, edgesRead, nodeOf, nodesBefore, WorkflowGraph } from '../validate/workflow-graph';
import type { Boundaries } from './boundaries';
import type { PlanStep } from './plan';
import { stepEndOf } from './step-end';
import { VALUE_COLUMN } from './value-column';

/** The step that ends at a node. */
export function planStep(graph: WorkflowGraph, boundaries: Boundaries, endsAt: string): PlanStep {
  const end = nodeOf(graph, endsAt);
  const kind = kindOf(end);
  const settings = settingsOf(end.config?.value ?? {});
  const shown = kind === 'query' ? { result: resultOf(end), columns: resultColumns(end) } : { columns: [] };
  const common = { id: endsAt, kind, endsAt, endsBecause: stepEndOf(end, boundaries), ...shown };
  if (settings.pinned) return { ...common, nodes: [endsAt], dependsOn: [], settings };
  const { members, steps } = above(graph, boundaries, end);
  const asks = kind === 'action' && asksFirst(end);
  // An action that asks nothing needs to know only whether what is above it lives.
  const nodes = kind === 'action' && !asks ? [endsAt] : graph.order.filter((id) => members.has(id));
  return {
    ...common,
    nodes,
    dependsOn: graph.order.filter((id) => steps.has(id)),
    settings: shortestLimit(
      settings,
      nodes.map((id) => nodeOf(graph, id)),
    ),
    ...(asks ? { asks } : {}),
  };
}

/** A node that is both ends a statement where a relation reaches it, and is an action where a value does. */
function kindOf(end: CheckedNode): PlanStep['kind'] {
  const ends = stepNodes.get(end.node.type);
  const acts = actionNodes.has(end.node.type) && !(ends && kindReaching(end) === 'relation');
  return acts ? 'action' : (ends?.kind ?? 'query');
}

function asksFirst(end: CheckedNode): boolean {
  const action = actionNodes.get(end.node.type);
  const reached = kindReaching(end);
  if (action?.statement === undefined) return false;
  return action.asks ? action.asks(end.config?.value, reached) : reached === 'relation';
}

function kindReaching({ ports, inputKinds }: CheckedNode): PortKind {
  return inputKinds[ports.inputs[0]?.id ?? ''] ?? 'either';
}

/** The nodes that the step executes, and the steps that are decided before it: on its way, and behind the values it names. */
function above(
  graph: WorkflowGraph,
  boundaries: Boundaries,
  end: CheckedNode,
): { members: Set<string>; steps: Set<string> } {
  const members = new Set([end.node.id]);
  const steps = new Set(end.references.map(({ node }) => node));
  const seen = new Set<string>();
  const open = edgesRead(end).map((edge) => edge.source);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const checked = nodeOf(graph, id);
    const { node, definition } = checked;
    if (node.disabled) open.push(...nodesBefore(checked));
    else if (!boundaries.has(id)) {
      members.add(id);
      checked.references.forEach((reference) => steps.add(reference.node));
      open.push(...edgesRead(checked).map((edge) => edge.source));
    } else {
      steps.add(id);
      // What it hands on is read from where it comes from.
      if (definition?.passes) open.push(...edgesRead(checked).map((edge) => edge.source));
    }
  }
  return { members, steps };
}

function resultOf({ node, config }: CheckedNode): PlanStep['result'] {
  return stepNodes.get(node.type)?.result?.(config?.value) ?? { name: node.label || node.id, view: 'table' };
}

function resultColumns({ inputColumns, inputKinds, columns, ports }: CheckedNode): Column[] {
  const [output, input] = [ports.outputs[0], ports.inputs[0]];
  if (!output && input && inputKinds[input.id] === 'value') return [VALUE_COLUMN];
  return [...((output ? columns[output.id] : Object.values(inputColumns)[0]?.[0]) ?? [])];
}

/** Of a fused statement the end decides, but the shortest time limit of any node in it holds. */
function shortestLimit(settings: NodeSettings, members: readonly CheckedNode[]): NodeSettings {
  const limits = members.flatMap(({ config }) => settingsOf(config?.value ?? {}).timeoutMs ?? []);
  return limits.length === 0 ? settings : { ...settings, timeoutMs: Math.min(...limits) };
}
