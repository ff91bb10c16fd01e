import type { Plan, PlanStep } from '../plan/plan';
import type { Flow, FlowStep } from '../run/flow';
import { isStepLive, livePorts } from '../sql/liveness';

/** A step of a flow that stands for a step of a plan. */
export interface PlannedFlowStep extends FlowStep {
  planned: PlanStep;
}

/** A plan as the executor takes it: the same steps in the same order, live where the decided steps let them be. */
export function flowOf(plan: Plan): Flow<PlannedFlowStep> {
  return {
    steps: plan.steps.map((planned) => {
      const { onError, retry } = planned.settings;
      return {
        id: planned.id,
        planned,
        dependsOn: planned.dependsOn,
        isLive: (outcomes) => isStepLive(plan, planned, livePorts(outcomes)),
        // A failed write is not tried again: what it did before it failed is Snowflake's to say.
        retry: { attempts: planned.kind === 'write' ? 1 : retry.maxAttempts, backoffMs: retry.backoffMs },
        onError: onError === 'fail' ? 'fail' : 'continue',
      };
    }),
  };
}
