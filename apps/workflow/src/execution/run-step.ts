import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PlanStep } from '@snowflow/engine/plan/plan';
import { plannedNode } from '@snowflow/engine/plan/planned-node';
import { composeStep, hasStatement } from '@snowflow/engine/sql/compose-step';
import { inputValueOf, stepValues } from '@snowflow/engine/sql/step-values';
import type { StepResult } from '@snowflow/engine/run/step-outcome';
import type { StepContext } from '@snowflow/engine/run/step-ports';
import { actionNodes, stepNodes } from '@snowflow/nodes/composers';
import type { ActionPorts } from '@snowflow/nodes/kit/action-node';
import { nameOf, type ScratchTables } from '../scratch/scratch-tables';
import { tableGone } from '../scratch/table-gone';
import { executeStatement, type RunStatements } from './statement-step';

/** What the steps of one run share. */
export interface RunSteps extends RunStatements {
  /** What an action of a step may do outside. */
  portsFor(step: PlanStep, attempt: number): Promise<ActionPorts>;
  /** Where steps keep their rows in tables. */
  tables: ScratchTables;
}

/** Executes one planned step for the branches that live: its statement, where it has one, then its action, where it is one. */
export async function executeStep(step: PlanStep, context: StepContext, run: RunSteps): Promise<StepResult> {
  const { plan, parameters } = run.pinned;
  const { inputs, signal } = context;
  if (step.settings.pinned) throw pinnedAway(step);
  const into = step.scratch && (await run.tables.begin(run.run, step.id, step.scratch));
  const statement = hasStatement(step) ? composeStep(plan, step.id, inputs, parameters, into) : undefined;
  const status = statement && (await executeStatement(step, statement, run, signal).catch(tableGone(inputs)));
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
      ports: await run.portsFor(step, context.attempt),
    });
    return { ...(status ? { ref: status.queryId, rowCount: status.rowCount } : {}), ...result };
  }
  if (!status) throw new AppError('INTERNAL', `The step ${step.id} has nothing to execute`);
  if (step.kind === 'condition') {
    const port = stepNodes.get(type)?.portTaken?.(config, status.rowCount);
    return { ref: status.queryId, ports: port === undefined ? [] : [port] };
  }
  if (step.kind === 'write') return { ref: status.queryId, rowCount: status.rowsAffected ?? status.rowCount };
  // What Snowflake answers then is no row of it.
  if (into) return { ref: status.queryId, table: nameOf(into), columns: step.columns };
  return { ref: status.queryId, columns: status.columns, rowCount: status.rowCount };
}

/** A pinned step is decided before its run begins. */
function pinnedAway({ id }: PlanStep): AppError {
  return new AppError('INTERNAL', `The pinned result of ${id} was not given to its run`);
}
