import type { Column } from '@snowflow/contracts/documents/column';
import { sqlNodes } from '@snowflow/nodes/composers';
import { definitions } from '@snowflow/nodes/definitions';
import { portsOf } from '@snowflow/nodes/kit/node-ports';
import { identifier } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { Inputs, Needed, Relation, SqlNode } from '@snowflow/nodes/kit/sql-node';
import { type Plan, type PlannedInput, type PlannedNode, type PlanStep, stepEndingAt } from '../plan/plan';
import { plannedNode } from '../plan/planned-node';
import { allLive, type PortLiveness } from './liveness';
import { givenRelation } from './result-relation';

/** A relational node that lives, with what reaches it and what it gives. */
export interface LiveNode {
  name: string;
  node: PlannedNode;
  composer: SqlNode;
  inputs: Inputs;
  relation: Relation;
}

/** The step's nodes that are live, in topological order, and the relation at the step's end. */
export interface LiveRelations {
  nodes: LiveNode[];
  ofEnd: Relation | undefined;
}

type Reach = (input: PlannedInput) => Relation | undefined;

/** A step's relational nodes, each with all of its columns; a node whose inputs are dead is left out. */
export function liveRelations(plan: Plan, step: PlanStep, isLive: PortLiveness): LiveRelations {
  const relations = new Map<string, Relation>();
  const nodes: LiveNode[] = [];
  const reach: Reach = (input) => relationBehind(plan, step, relations, input, isLive);
  step.nodes.forEach((id, index) => {
    const node = plannedNode(plan, id);
    const composer = sqlNodes.get(node.type);
    const inputs = composer && liveInputs(node, reach);
    if (!composer || !inputs) return;
    const { columns } = node;
    const { hidden = [], order = [] } = composer.compose(node.config, inputs, {
      columns,
      parameters: plan.parameters,
      ...(composer.columnsNeeded ? { needed: orderAlone(columns) } : {}),
    });
    // A number makes the name unlike any that a person's own SQL would use, and unlike another that differs in case only.
    const name = `n${index + 1}_${id}`;
    const relation = { from: identifier(name), columns, hidden, order };
    nodes.push({ name, node, composer, inputs, relation });
    relations.set(id, relation);
  });
  const end = plannedNode(plan, step.endsAt);
  const [first] = end.inputs;
  const ofEnd = sqlNodes.has(end.type) ? relations.get(step.endsAt) : first && reach(first);
  return { nodes, ofEnd };
}

/** An order and its hidden columns do not depend on which columns are needed; and a query that nobody reads is quick to compose with one. */
const orderAlone = ([first]: readonly Column[]): Needed => ({ columns: new Set(first && [first.name]), order: true });

/** The relation that an edge brings: through what hands on what reaches it, from this statement or from the result of another step. */
function relationBehind(
  plan: Plan,
  step: PlanStep,
  relations: ReadonlyMap<string, Relation>,
  edge: PlannedInput,
  isLive: PortLiveness,
): Relation | undefined {
  for (let at: PlannedInput | undefined = edge; at !== undefined;) {
    const node: PlannedNode = plannedNode(plan, at.source);
    if (!node.disabled) {
      const before = at.source === step.endsAt ? undefined : stepEndingAt(plan, at.source);
      if (!before) return relations.get(at.source);
      if (!isLive(at.source, at.sourcePort)) return undefined;
      if (sqlNodes.has(node.type)) return givenRelation(before, node, orderOf(plan, before));
      if (obtainsRows(node, at.sourcePort)) return givenRelation(before, node, UNORDERED);
      if (!definitions.get(node.type)?.passes) return undefined;
    }
    at = node.inputs[0];
  }
  return undefined;
}

const UNORDERED = { hidden: [], order: [] };

/** Whether rows come out of a port of an action: those of the statement that it obtained. */
function obtainsRows({ type, config }: PlannedNode, port: string): boolean {
  const definition = definitions.get(type);
  const ports = definition ? portsOf(definition, config as Record<string, unknown>).outputs : [];
  return ports.some(({ id, kind }) => id === port && kind === 'relation');
}

/** The order of a relation and the hidden columns it needs do not depend on which branches live: where branches meet, orders end. */
function orderOf(plan: Plan, step: PlanStep): Pick<Relation, 'hidden' | 'order'> {
  if (step.settings.pinned) return UNORDERED;
  return liveRelations(plan, step, allLive).ofEnd ?? UNORDERED;
}

/** Undefined where the node is dead: an input that takes one edge must be live; of one that takes many, any. */
function liveInputs(node: PlannedNode, reach: Reach): Inputs | undefined {
  const definition = definitions.get(node.type);
  const ports = definition ? portsOf(definition, node.config as Record<string, unknown>).inputs : [];
  const inputs = ports.map(
    (port) => [port.id, node.inputs.filter((input) => input.port === port.id).map(reach)] as const,
  );
  const live = inputs.every(([, relations]) => relations.some((relation) => relation !== undefined));
  return live ? Object.fromEntries(inputs) : undefined;
}
