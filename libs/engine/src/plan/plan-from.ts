import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Plan } from './plan';

/** A plan that begins at a node, and the steps before it whose outcomes an earlier run has to give. */
export interface PartialPlan {
  plan: Plan;
  given: string[];
}

/** The steps that a node is part of and all behind them; what they depend on besides is given by an earlier run. */
export function planFrom(plan: Plan, nodeId: string): PartialPlan {
  const first = plan.stepsOf[nodeId] ?? [];
  if (first.length === 0) {
    throw new AppError('VALIDATION', `The node ${nodeId} is not part of any step, so nothing can run from it.`, {
      errors: [{ path: 'mode.from', message: 'Name a node that a run executes' }],
    });
  }
  const run = new Set(first);
  for (const step of plan.steps) if (step.dependsOn.some((id) => run.has(id))) run.add(step.id);
  const byId = new Map(plan.steps.map((step) => [step.id, step]));
  const given = new Set<string>();
  for (const id of run) for (const before of byId.get(id)?.dependsOn ?? []) if (!run.has(before)) given.add(before);
  const steps = plan.steps.filter(({ id }) => run.has(id) || given.has(id));
  return {
    given: [...given],
    plan: {
      ...plan,
      // A given step is decided: what it depended on does not matter any more.
      steps: steps.map((step) => (given.has(step.id) ? { ...step, dependsOn: [] } : step)),
      before: plan.steps.filter(({ id }) => !run.has(id) && !given.has(id)),
      stepsOf: Object.fromEntries(
        Object.entries(plan.stepsOf).map(([id, ids]) => [id, ids.filter((step) => run.has(step) || given.has(step))]),
      ),
    },
  };
}
