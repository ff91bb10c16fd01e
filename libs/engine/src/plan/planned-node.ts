import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Plan, PlannedNode, PlanStep } from './plan';

/** The node of an id that the plan is known to hold. */
export function plannedNode(plan: Plan, id: string): PlannedNode {
  const node = Object.hasOwn(plan.nodes, id) ? plan.nodes[id] : undefined;
  if (!node) throw new AppError('INTERNAL', `The plan has no node ${id}`);
  return node;
}

/** The step of an id that the plan is known to hold. */
export function planStepNamed(plan: Plan, stepId: string): PlanStep {
  const step = plan.steps.find((candidate) => candidate.id === stepId);
  if (!step) throw new AppError('INTERNAL', `The plan has no step ${stepId}`);
  return step;
}
