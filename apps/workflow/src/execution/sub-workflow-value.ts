import type { Plan, PlanStep } from '@snowflow/engine/plan/plan';
import { plannedNode } from '@snowflow/engine/plan/planned-node';
import type { Outcomes } from '@snowflow/engine/run/step-outcome';
import type { StepValue } from '@snowflow/nodes/kit/step-value';

/**
 * What a workflow gives to the node that called it: what its response gives, else the number of rows of its outputs together, or null where
 * Snowflake did not count those of one.
 */
export function subWorkflowValue(plan: Plan, outcomes: Outcomes): StepValue {
  const ended = (step: PlanStep) => outcomes[step.id]?.state === 'succeeded';
  const response = plan.steps.find((step) => ended(step) && plannedNode(plan, step.endsAt).type === 'output.response');
  if (response) {
    const { value, rowCount = 0 } = outcomes[response.id] ?? {};
    return value === undefined ? { rowCount } : value;
  }
  const read = new Set(plan.steps.flatMap((step) => step.dependsOn));
  const outputs = plan.steps.filter(({ id, kind }) => !read.has(id) && (kind === 'query' || kind === 'write'));
  const counts = outputs.filter(ended).map(({ id }) => outcomes[id]?.rowCount);
  return { rowCount: counts.includes(undefined) ? null : counts.reduce<number>((sum, count = 0) => sum + count, 0) };
}
