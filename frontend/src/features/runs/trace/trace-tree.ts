import type { AgentStep } from '../../../api/types';

/** A step with those that are part of it: calls of a reply, the steps of a delegation, the decision on a call. */
export interface TraceBranch {
  step: AgentStep;
  parts: TraceBranch[];
}

/** The steps as a tree, in their order. One whose whole is not there, as on a page behind it, stands at the top. */
export function traceTree(steps: readonly AgentStep[]): TraceBranch[] {
  const branches = new Map(steps.map((step) => [step.place, { step, parts: [] as TraceBranch[] }]));
  const top: TraceBranch[] = [];
  for (const branch of branches.values()) {
    const whole = branch.step.parent === null ? undefined : branches.get(branch.step.parent);
    (whole?.parts ?? top).push(branch);
  }
  return top;
}

/** What all calls of models in a trace took together. */
export const tokensOf = (steps: readonly AgentStep[]): number =>
  steps.reduce((sum, { inputTokens = 0, outputTokens = 0 }) => sum + inputTokens + outputTokens, 0);
