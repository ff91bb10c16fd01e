import { AppError } from '@snowflow/contracts/errors/app-error';
import { actionNodes, sqlNodes, stepNodes } from '@snowflow/nodes/composers';
import { valueName } from '@snowflow/nodes/kit/references';
import { fieldsOf, type DeclaredValue } from '../validate/declared-values';
import { CheckedNode, edgesRead, nodeOf, WorkflowGraph } from '../validate/workflow-graph';
import { boundariesOf, nodesAbove } from './boundaries';
import { debugSteps } from './debug-steps';
import type { Plan, PlannedNode } from './plan';
import { planStep } from './plan-step';
import { keptInTables } from './scratch-table';

/** `to`: only what this node needs, with its rows as the result. `debugRows`: a step for every relation, showing at most so many rows. */
export interface PlanOptions {
  to?: string;
  debugRows?: number;
}

/**
 * Cuts a valid document into steps. All relational nodes above an output, a condition or whatever else ends a step are fused into its
 * one statement; one that several statements need is part of each, unless it is computed once.
 * Throws WORKFLOW_INVALID where something had to be known that wasn't asked.
 */
export function makePlan(graph: WorkflowGraph, { to, debugRows }: PlanOptions = {}): Plan {
  const boundaries = boundariesOf(graph, { to, debugRows });
  const ends = boundaries.ends.map((id) => planStep(graph, boundaries, id));
  const steps =
    debugRows === undefined
      ? keptInTables(ends, (id) => nodeOf(graph, id).node.type)
      : debugSteps(graph, boundaries, ends, debugRows);
  const used = new Set(steps.flatMap((step) => step.nodes));
  refuseUnknown(graph, used);
  const above = nodesAbove(
    graph,
    steps.map(({ endsAt }) => endsAt),
  );
  const kept = graph.order.filter((id) => above.has(id));
  return {
    version: 2,
    steps,
    nodes: Object.fromEntries(kept.map((id) => [id, plannedNode(nodeOf(graph, id))])),
    stepsOf: Object.fromEntries(
      [...graph.nodes.keys()].map((id) => [id, steps.filter((step) => step.nodes.includes(id)).map((step) => step.id)]),
    ),
    parameters: declaredIn(graph),
  };
}

function declaredIn(graph: WorkflowGraph): DeclaredValue[] {
  const values = [...graph.nodes.values()].flatMap((checked) =>
    fieldsOf(checked).map(({ name, type }) => ({ name: valueName({ node: checked.node.id, field: name }), type })),
  );
  return [...graph.document.parameters.map(({ name, type }) => ({ name, type })), ...values];
}

function plannedNode(checked: CheckedNode): PlannedNode {
  const { node, config, known, columns, ports, inputKinds } = checked;
  return {
    type: node.type,
    config: config?.value ?? {},
    inputs: edgesRead(checked).map(({ targetPort, source, sourcePort }) => ({ port: targetPort, source, sourcePort })),
    columns: [...(Object.values(columns)[0] ?? [])],
    ...(inputKinds[ports.inputs[0]?.id ?? ''] === 'value' ? { takesValue: true } : {}),
    ...(isWrite(node.type) ? { targetExists: known?.state === 'found' } : {}),
    ...(node.disabled ? { disabled: true } : {}),
  };
}

const isWrite = (type: string) => stepNodes.get(type)?.kind === 'write';

function refuseUnknown(graph: WorkflowGraph, used: ReadonlySet<string>): void {
  const unknown = [...used].map((id) => nodeOf(graph, id)).filter(isUnknown);
  if (unknown.length === 0) return;
  throw new AppError('WORKFLOW_INVALID', 'The columns of some nodes could not be found out, so nothing was run', {
    extensions: { problems: unknown.map(({ node }) => unknownColumns(node.id)) },
  });
}

function isUnknown({ node, ports, inputKinds, columns, known }: CheckedNode): boolean {
  if (isWrite(node.type)) return known === undefined;
  if (actionNodes.has(node.type)) return false;
  const givesRows = sqlNodes.has(node.type) || inputKinds[ports.inputs[0]?.id ?? ''] === 'relation';
  return givesRows && ports.outputs.some(({ id, kind }) => kind !== 'value' && columns[id] === undefined);
}

function unknownColumns(nodeId: string) {
  return { severity: 'error', code: 'SOURCE_NOT_FOUND', nodeId, message: 'Its columns could not be found out' };
}
