import type { PlanStep } from '@snowflow/engine/plan/plan';
import { flowOf } from '@snowflow/engine/compile/flow-of-plan';
import type { StepFailure } from '@snowflow/engine/run/flow-result';
import { isFinal } from '@snowflow/engine/run/is-final';
import { runWithPromises } from '@snowflow/engine/run/promise-oracle';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import type { CallParameters } from '@snowflow/nodes/kit/workflow-calls';
import { CallOverBudget } from '../budget/call-over-budget';
import type { PinnedWorkflow } from '../runs/pinned-workflow';
import { mergedPause } from './merged-pause';
import type { PlanScope } from './plan-scope';
import { executeStep, type RunSteps } from './run-step';
import { describe, errorValueOf } from './sealed-failure';
import { SubWorkflowFailed } from './sub-workflow-failed';
import { calledParameters } from './sub-workflow-parameters';
import { subWorkflowEvents } from './sub-workflow-telling';
import { subWorkflowValue } from './sub-workflow-value';

/** One call of a workflow inside a run. */
export interface SubWorkflow {
  called: PinnedWorkflow;
  given: CallParameters;
  /** What stands before the ids of its steps. */
  prefix: string;
  /** The calls that it is made in. */
  around: PlanScope['calls'];
  /** The step of the run's own plan that it is part of. */
  root: PlanStep;
}

/**
 * Runs a called workflow to its end under the run's lease, behind whatever of it has ended before. In plain promises: a graph inside of a
 * graph's task would be its subgraph, and its interrupts the task's.
 */
export async function runSubWorkflow(
  { called, given, prefix, around, root }: SubWorkflow,
  run: RunSteps,
  signal: AbortSignal,
): Promise<StepValue> {
  const parameters = calledParameters(called, given);
  const calls = [{ workflowId: called.workflowId, prefix }, ...around];
  const scope: PlanScope = { plan: called.plan, parameters, children: called.children, prefix, calls, root };
  const result = await runWithPromises(flowOf(called.plan), {
    signal,
    decided: run.memory.decidedOf(scope),
    errorValue: (error) => errorValueOf(run.sealer, run.run.tenant_id, error),
    handler: ({ planned }, context) => executeStep(planned, context, run, scope),
    events: subWorkflowEvents(run, scope),
  });
  if (result.state === 'aborted') throw signal.reason;
  if (result.state === 'waiting') throw mergedPause(result.pauses.map(({ wait }) => wait));
  const [failure] = result.failures;
  if (failure) throw endsMore(failure.error, prefix) ? failure.error : failed(run, called, failure);
  return subWorkflowValue(called.plan, result.outcomes);
}

/** Over a budget of the run or of a call around this one; its own ends only itself. */
const endsMore = (error: unknown, prefix: string) =>
  isFinal(error) && !(error instanceof CallOverBudget && error.prefix === prefix);

function failed({ sealer, run }: RunSteps, { name }: PinnedWorkflow, { step, error }: StepFailure): SubWorkflowFailed {
  const { code, message, sqlState } = describe(sealer, run.tenant_id, error);
  const failure = { code, message, ...(sqlState === undefined ? {} : { sqlState }) };
  return new SubWorkflowFailed(failure).within(`In “${name}”, step “${step}”`);
}
