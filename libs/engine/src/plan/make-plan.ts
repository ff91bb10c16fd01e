import { AppError } from '@snowflow/contracts/errors/app-error';
import { stepNodes } from '@snowflow/nodes/composers';
import { nodesLeadingToOutputs } from '../validate/check-reach';
import { CheckedNode, edgesRead, nodeOf, WorkflowGraph } from '../validate/workflow-graph';
import type { Plan, PlannedNode } from './plan';
import { planStep } from './plan-step';

/**
 * Cuts a valid document into statements. All relational nodes above an output or a condition are fused into its one
 * statement; nothing is materialised, so a node that several statements need is part of each.
 * Throws WORKFLOW_INVALID where something had to be known that wasn't asked.
 */
export function makePlan(graph: WorkflowGraph): Plan {
  const ends = endsOf(graph);
  const nodes = new Map(graph.order.map((id) => [id, plannedNode(nodeOf(graph, id))] as const));
  const steps = ends.map((id) => planStep(graph, id));
  const used = new Set(steps.flatMap((step) => step.nodes));
  const kept = [...nodes].filter(([id, node]) => used.has(id) || node.disabled);
  refuseUnknown(graph, used);
  return {
    version: 1,
    steps,
    nodes: Object.fromEntries(kept),
    stepsOf: Object.fromEntries(
      [...graph.nodes.keys()].map((id) => [id, steps.filter((step) => step.nodes.includes(id)).map((step) => step.id)]),
    ),
    parameters: graph.document.parameters,
  };
}

/**
 * Where statements end: at every output and every condition above one; in a workflow without outputs at every condition
 * and every relation that nothing reads.
 */
function endsOf(graph: WorkflowGraph): string[] {
  const toOutputs = nodesLeadingToOutputs(graph);
  const read = new Set<string>();
  for (const checked of graph.nodes.values()) {
    if (checked.node.disabled) continue;
    for (const edge of checked.incoming) read.add(enabledAbove(graph, edge.source));
  }
  return graph.order.filter((id) => {
    const { node, definition } = nodeOf(graph, id);
    if (!definition || node.disabled) return false;
    if (toOutputs.size > 0) return toOutputs.has(id) && stepNodes.has(node.type);
    return stepNodes.has(node.type) || !read.has(id);
  });
}

/** The node itself, or, where it is disabled, the one whose rows it hands on. */
function enabledAbove(graph: WorkflowGraph, id: string): string {
  const checked = nodeOf(graph, id);
  const [through] = checked.node.disabled ? edgesRead(checked) : [];
  return through ? enabledAbove(graph, through.source) : id;
}

function plannedNode(checked: CheckedNode): PlannedNode {
  const { node, config, known, columns } = checked;
  return {
    type: node.type,
    config: config?.value ?? {},
    inputs: edgesRead(checked).map(({ targetPort, source, sourcePort }) => ({ port: targetPort, source, sourcePort })),
    columns: [...(Object.values(columns)[0] ?? [])],
    ...(isWrite(node.type) ? { targetExists: known?.state === 'found' } : {}),
    ...(node.disabled ? { disabled: true } : {}),
  };
}

const isWrite = (type: string) => stepNodes.get(type)?.kind === 'write';

function refuseUnknown(graph: WorkflowGraph, used: ReadonlySet<string>): void {
  const unknown = [...used]
    .map((id) => nodeOf(graph, id))
    .filter(({ definition, columns, known, node }) =>
      isWrite(node.type) ? known === undefined : definition?.outputs.some((port) => columns[port.id] === undefined),
    );
  if (unknown.length === 0) return;
  throw new AppError('WORKFLOW_INVALID', 'The columns of some nodes could not be found out, so nothing was run', {
    extensions: { problems: unknown.map(({ node }) => unknownColumns(node.id)) },
  });
}

function unknownColumns(nodeId: string) {
  return { severity: 'error', code: 'SOURCE_NOT_FOUND', nodeId, message: 'Its columns could not be found out' };
}
