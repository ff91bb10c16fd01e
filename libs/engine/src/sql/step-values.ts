import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import { definitions } from '@snowflow/nodes/definitions';
import { valueName } from '@snowflow/nodes/kit/references';
import type { ParameterValues } from '@snowflow/nodes/kit/sql/render';
import { fieldOf, type StepValue, textOf } from '@snowflow/nodes/kit/step-value';
import type { Plan, PlannedInput, PlanStep } from '../plan/plan';
import { plannedNode } from '../plan/planned-node';
import type { Outcomes } from '../run/step-outcome';
import { resultName } from './result-relation';

/** The name under which a statement binds the value that reaches its node, as JSON text. No parameter can be called so. */
export const INPUT_VALUE = 'input.value';

/** The value that reaches a step's node; undefined where a relation does, nothing, or a node that gave none. */
export function inputValueOf(plan: Plan, step: PlanStep, outcomes: Outcomes): StepValue | undefined {
  const end = plannedNode(plan, step.endsAt);
  for (let at: PlannedInput | undefined = end.takesValue && end.inputs[0]; at !== undefined;) {
    const node = plannedNode(plan, at.source);
    const passesOn = node.disabled || (definitions.get(node.type)?.passes && at.sourcePort !== 'error');
    if (!passesOn || !node.takesValue) return outcomes[at.source]?.value;
    at = node.inputs[0];
  }
  return undefined;
}

/** Everything that a step's texts and statement may bind: parameters, earlier values, the value that reaches it, results of other steps. */
export function stepValues(
  plan: Plan,
  step: PlanStep,
  outcomes: Outcomes,
  parameters: ParameterValues,
): Record<string, Bind> {
  const values: Record<string, Bind> = { ...parameters };
  for (const [id, outcome] of Object.entries(outcomes)) {
    if (outcome.ref !== undefined) values[resultName(id)] = outcome.ref;
  }
  for (const { name, type } of plan.parameters) {
    const [, node = '', field = ''] = /^nodes\.([^.]+)\.([^.]+)$/.exec(name) ?? [];
    if (node === '') continue;
    values[valueName({ node, field })] = asBind(fieldOf(outcomes[node]?.value, field) ?? null, type === 'json');
  }
  const input = inputValueOf(plan, step, outcomes);
  values[INPUT_VALUE] = JSON.stringify(input ?? null);
  return values;
}

/** What is skipped or failed gave nothing: NULL. */
function asBind(value: StepValue, isJson: boolean): Bind {
  if (isJson) return JSON.stringify(value);
  return typeof value === 'object' && value !== null ? textOf(value) : value;
}
