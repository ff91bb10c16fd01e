import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { PlanStep } from '@snowflow/engine/plan/plan';
import { plannedNode } from '@snowflow/engine/plan/planned-node';
import { composeStep, hasStatement } from '@snowflow/engine/sql/compose-step';
import { inputValueOf, stepValues } from '@snowflow/engine/sql/step-values';
import type { Semaphore } from '@snowflow/engine/run/semaphore';
import type { StepResult } from '@snowflow/engine/run/step-outcome';
import type { StepContext } from '@snowflow/engine/run/step-ports';
import { actionNodes, stepNodes } from '@snowflow/nodes/composers';
import type { ActionPorts } from '@snowflow/nodes/kit/action-node';
import type { CallBudget } from './call-budget';
import type { PlanScope } from './plan-scope';
import { executeStatement, type RunStatements } from './statement-step';
import type { StepMemory } from './step-memory';

/** What the steps of one run share, those of workflows inside it too. */
export interface RunSteps extends RunStatements {
  sealer: Sealer;
  memory: StepMemory;
  calls: CallBudget;
  /** Places for statements: workflows inside a run may have many at once. */
  places: Semaphore;
  /** What an action of a step may do outside. */
  portsFor(action: RunningAction): Promise<ActionPorts>;
}

/** A step whose action is run. */
export interface RunningAction {
  step: PlanStep;
  scope: PlanScope;
  attempt: number;
  signal: AbortSignal;
}

/** Executes one planned step for the branches that live: its statement, where it has one, then its action, where it is one. */
export async function executeStep(
  step: PlanStep,
  context: StepContext,
  run: RunSteps,
  scope: PlanScope,
): Promise<StepResult> {
  const { plan, parameters } = scope;
  const { inputs, signal } = context;
  if (step.settings.pinned) throw pinnedAway(step);
  const statement = hasStatement(step) ? composeStep(plan, step.id, inputs, parameters) : undefined;
  const status = statement && (await run.places.run(() => executeStatement(step, statement, run, scope, signal)));
  const { type, config } = plannedNode(plan, step.endsAt);
  if (step.kind === 'action') {
    const result = await actionNodes.get(type)?.run(config, {
      input: inputValueOf(plan, step, inputs),
      rowCount: status?.rowCount,
      queryId: status?.queryId,
      values: stepValues(plan, step, inputs, parameters),
      run: { id: run.run.id, workflowId: run.run.workflow_id },
      attempt: context.attempt,
      signal,
      ports: await run.portsFor({ step, scope, attempt: context.attempt, signal }),
    });
    return { ...(status ? { ref: status.queryId, rowCount: status.rowCount } : {}), ...result };
  }
  if (!status) throw new AppError('INTERNAL', `The step ${step.id} has nothing to execute`);
  if (step.kind === 'condition') {
    const port = stepNodes.get(type)?.portTaken?.(config, status.rowCount);
    return { ref: status.queryId, ports: port === undefined ? [] : [port] };
  }
  // Of a table that it makes from rows Snowflake tells only that it is there: one row of status, no count.
  if (step.kind === 'write') return { ref: status.queryId, rowCount: status.rowsAffected };
  return { ref: status.queryId, columns: status.columns, rowCount: status.rowCount };
}

/** A pinned step is decided before its run begins. */
function pinnedAway({ id }: PlanStep): AppError {
  return new AppError('INTERNAL', `The pinned result of ${id} was not given to its run`);
}
