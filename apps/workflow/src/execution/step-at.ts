import type { PlanStep } from '@snowflow/engine/plan/plan';
import { plannedNode } from '@snowflow/engine/plan/planned-node';
import type { PinnedPlan } from '../runs/sealed-run';

/** A step among all steps of a run, and the step of the run's own plan that it is part of. */
export interface PlacedStep {
  step: PlanStep;
  root: PlanStep;
}

/**
 * The step that is kept under an id among all steps of a run: `<step>`, `<call>/<step>`, `<map>/<item>/<step>`, and below a call of an
 * agent's tool `<agent>/<place>/<workflow>/<step>`.
 */
export function stepAt(
  { plan, children = {} }: Pick<PinnedPlan, 'plan' | 'children'>,
  id: string,
): PlacedStep | undefined {
  const [first = '', ...inside] = id.split('/');
  const step = plan.steps.find((one) => one.id === first);
  if (!step || inside.length === 0) return step && { step, root: step };
  if (plannedNode(plan, step.endsAt).type === 'logic.map') inside.shift();
  const called = Object.hasOwn(children, step.endsAt) ? { workflow: children[step.endsAt], inside } : tool(step);
  const found = called?.workflow && stepAt(called.workflow, called.inside.join('/'));
  return found && { step: found.step, root: step };

  function tool({ endsAt }: PlanStep) {
    const at = inside.findIndex((segment) => Object.hasOwn(children, `${endsAt}/${segment}`));
    return at < 0 ? undefined : { workflow: children[`${endsAt}/${inside[at]}`], inside: inside.slice(at + 1) };
  }
}
