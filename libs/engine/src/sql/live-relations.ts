import { AppError } from '@snowflow/contracts/errors/app-error';
import { sqlNodes } from '@snowflow/nodes/composers';
import { definitions } from '@snowflow/nodes/definitions';
import { identifier, SqlFragment } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { Inputs, Relation } from '@snowflow/nodes/kit/sql-node';
import type { Liveness, Plan, PlannedInput, PlannedNode, PlanStep } from '../plan/plan';

/** Whether a condition's port is live. */
export type PortLiveness = (conditionId: string, port: string) => boolean;

/** For showing a plan before anything is decided. */
export const allLive: PortLiveness = () => true;

/** By what the decided conditions took. */
export function isPortLive(liveness: Liveness): PortLiveness {
  return (conditionId, port) => Object.hasOwn(liveness, conditionId) && liveness[conditionId] === port;
}

/** The step's nodes that are live, each with its name and query, and the relation at the step's end. */
export interface LiveRelations {
  named: { name: string; query: SqlFragment }[];
  ofEnd: Relation | undefined;
}

/** Composes a step's relational nodes in topological order; a node whose inputs are dead is left out. */
export function liveRelations(plan: Plan, step: PlanStep, isLive: PortLiveness): LiveRelations {
  const relations = new Map<string, Relation>();
  const named: LiveRelations['named'] = [];
  const reach = (input: PlannedInput) => relationBehind(plan, relations, input, isLive);
  step.nodes.forEach((id, index) => {
    const node = plannedNode(plan, id);
    const composer = sqlNodes.get(node.type);
    const inputs = composer && liveInputs(node, reach);
    if (!composer || !inputs) return;
    const { columns } = node;
    const {
      query,
      hidden = [],
      order = [],
    } = composer.compose(node.config, inputs, { columns, parameters: plan.parameters });
    // A number makes the name unlike any that a person's own SQL would use, and unlike another that differs in case only.
    const name = `n${index + 1}_${id}`;
    named.push({ name, query });
    relations.set(id, { from: identifier(name), columns, hidden, order });
  });
  const end = plannedNode(plan, step.endsAt);
  const [first] = end.inputs;
  const ofEnd = sqlNodes.has(end.type) ? relations.get(step.endsAt) : first && reach(first);
  return { named, ofEnd };
}

/** The relation that an edge brings, through disabled nodes and conditions, which hand on what reaches them. */
function relationBehind(
  plan: Plan,
  relations: ReadonlyMap<string, Relation>,
  edge: PlannedInput,
  isLive: PortLiveness,
): Relation | undefined {
  for (let at: PlannedInput | undefined = edge; at !== undefined;) {
    const node = plannedNode(plan, at.source);
    if (sqlNodes.has(node.type) && !node.disabled) return relations.get(at.source);
    if (!node.disabled && !isLive(at.source, at.sourcePort)) return undefined;
    at = node.inputs[0];
  }
  return undefined;
}

/** Undefined where the node is dead: an input that takes one edge must be live; of one that takes many, any. */
function liveInputs(node: PlannedNode, reach: (input: PlannedInput) => Relation | undefined): Inputs | undefined {
  const ports = definitions.get(node.type)?.inputs ?? [];
  const inputs = ports.map(
    (port) => [port.id, node.inputs.filter((input) => input.port === port.id).map(reach)] as const,
  );
  const live = inputs.every(([, relations]) => relations.some((relation) => relation !== undefined));
  return live ? Object.fromEntries(inputs) : undefined;
}

function plannedNode(plan: Plan, id: string): PlannedNode {
  const node = Object.hasOwn(plan.nodes, id) ? plan.nodes[id] : undefined;
  if (!node) throw new AppError('INTERNAL', `The plan has no node ${id}`);
  return node;
}
