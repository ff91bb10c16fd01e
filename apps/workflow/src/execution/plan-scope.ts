import type { Plan, PlanStep } from '@snowflow/engine/plan/plan';
import type { RunningCall } from '../budget/called-budgets';
import type { PinnedWorkflows } from '../runs/pinned-workflow';
import type { ParameterValues } from '../runs/run-parameters';
import type { PinnedPlan } from '../runs/sealed-run';

/** A plan that is executed in a run: the run's own, or that of a workflow which one of its steps calls. */
export interface PlanScope {
  plan: Plan;
  parameters: ParameterValues;
  children: PinnedWorkflows;
  /** What stands before the ids of its steps among all steps of the run: `<step>/` or `<step>/<item>/`, and nothing for the run's own. */
  prefix: string;
  /** The calls that it is part of, the innermost first. */
  calls: readonly RunningCall[];
  /** The step of the run's own plan that it is part of. */
  root?: PlanStep;
}

/** The run's own plan. */
export function ownScope({ plan, parameters, children = {} }: PinnedPlan): PlanScope {
  return { plan, parameters, children, prefix: '', calls: [] };
}
