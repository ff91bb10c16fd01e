import type { Liveness, Plan, PlanStep } from '../plan/plan';
import type { Flow, FlowStep } from '../run/flow';
import type { Outcomes } from '../run/step-outcome';
import { isStepLive } from '../sql/compose-step';

/** A step of a flow that stands for a statement of a plan. */
export interface PlannedFlowStep extends FlowStep {
  planned: PlanStep;
}

/** A plan as the executor takes it: the same steps in the same order, live where the decided conditions let them be. */
export function flowOf(plan: Plan): Flow<PlannedFlowStep> {
  return {
    steps: plan.steps.map((planned) => {
      const { onError, retry } = planned.settings;
      return {
        id: planned.id,
        planned,
        dependsOn: planned.dependsOn,
        isLive: (outcomes) => isStepLive(plan, planned.id, livenessOf(planned, outcomes)),
        // A failed write is not tried again: what it did before it failed is Snowflake's to say.
        retry: { attempts: planned.kind === 'write' ? 1 : retry.maxAttempts, backoffMs: retry.backoffMs },
        onError: onError === 'fail' ? 'fail' : 'continue',
      };
    }),
  };
}

/** Which ports the conditions before a step took. */
export function livenessOf(step: PlanStep, outcomes: Outcomes): Liveness {
  return Object.fromEntries(step.gates.map((gate) => [gate.node, takenPort(outcomes, gate.step)]));
}

function takenPort(outcomes: Outcomes, stepId: string): string | null {
  const outcome = Object.hasOwn(outcomes, stepId) ? outcomes[stepId] : undefined;
  return (outcome?.state === 'succeeded' && outcome.ports?.[0]) || null;
}
