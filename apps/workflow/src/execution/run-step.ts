import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { PlanStep } from '@snowflow/engine/plan/plan';
import { plannedNode } from '@snowflow/engine/plan/planned-node';
import { composeStep, hasStatement } from '@snowflow/engine/sql/compose-step';
import type { SqlParser } from '@snowflow/engine/sql/sql-parser';
import { inputValueOf, stepValues } from '@snowflow/engine/sql/step-values';
import type { Semaphore } from '@snowflow/engine/run/semaphore';
import type { StepResult } from '@snowflow/engine/run/step-outcome';
import type { StepContext } from '@snowflow/engine/run/step-ports';
import { actionNodes, stepNodes } from '@snowflow/nodes/composers';
import type { ActionNode, ActionPorts, ObtainedQuery } from '@snowflow/nodes/kit/action-node';
import { StoreAway } from '@snowflow/platform/postgres/store-away';
import { ATTRIBUTE, inSpan } from '@snowflow/transport/spans';
import type { CallBudget } from './call-budget';
import type { PlanScope } from './plan-scope';
import { CancelRequested, type RunInterruption, StoreTrouble } from './run-interruptions';
import { type BoundStatement, renderBinds } from '@snowflow/nodes/kit/sql/render';
import { nameOf, type ScratchTables } from '../scratch/scratch-tables';
import { tableGone } from '../scratch/table-gone';
import { sealFailure } from './sealed-failure';
import { executeStatement, isSent, type RunStatements } from './statement-step';
import type { StepMemory } from './step-memory';
import { whatEnded } from './what-ended';

/** What the steps of one run share, those of workflows inside it too. */
export interface RunSteps extends RunStatements {
  sealer: Sealer;
  memory: StepMemory;
  calls: CallBudget;
  /** Places for statements: workflows inside a run may have many at once. */
  places: Semaphore;
  /** Stops the execution here, without an end: whoever takes the run up goes on with it. */
  interrupt(reason: RunInterruption): void;
  /** What an action of a step may do outside. */
  portsFor(action: RunningAction): Promise<ActionPorts>;
  /** Where steps keep their rows in tables. */
  tables: ScratchTables;
  /** Reads SQL that somebody else wrote before it is run. */
  parser: SqlParser;
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
  try {
    const attributes = { [ATTRIBUTE.step]: scope.prefix + step.id, 'snowflow.step.kind': step.kind };
    return await inSpan(`step ${step.kind}`, { attributes }, () => execute(step, context, run, scope));
  } catch (error) {
    // No failure of the step, however deep inside of the run it is.
    if (error instanceof StoreAway) run.interrupt(new StoreTrouble(error));
    if (context.signal.reason instanceof CancelRequested) tellOpen(step, error, run, scope);
    throw error;
  }
}

/** Failures of a cancelled run are nobody's concern, but for a write or a message that may have come through all the same. */
function tellOpen(
  step: PlanStep,
  error: unknown,
  { recorder, sealer, run }: RunSteps,
  { root = step }: PlanScope,
): void {
  if (
    (step.kind !== 'write' && step.kind !== 'action') ||
    !(error instanceof AppError) ||
    error.code !== 'OUTCOME_UNKNOWN'
  )
    return;
  recorder.stepFailed(root, sealFailure(sealer, run.tenant_id, error, root.endsAt));
}

async function execute(step: PlanStep, context: StepContext, run: RunSteps, scope: PlanScope): Promise<StepResult> {
  const { plan, parameters } = scope;
  const { inputs, signal } = context;
  if (step.settings.pinned) throw pinnedAway(step);
  if (!isSent(run.journal.ofStep(scope.prefix + step.id).at(-1))) {
    await checkPolicies(step, run, scope, signal).catch((error: unknown) => whatEnded(error, run.mayRest));
  }
  const into = step.scratch && (await run.tables.begin(run.run, scope.prefix + step.id, step.scratch));
  const statement = hasStatement(step) ? composeStep(plan, step.id, inputs, parameters, into) : undefined;
  const send = (bound: BoundStatement) => run.places.run(() => executeStatement(step, bound, run, scope, signal));
  const status = statement && (await send(statement).catch(tableGone(inputs)));
  const { type, config } = plannedNode(plan, step.endsAt);
  if (step.kind === 'action') {
    const { statement: obtained, ...result } = await actionOf(type).run(config, {
      input: inputValueOf(plan, step, inputs),
      rowCount: status?.rowCount,
      queryId: status?.queryId,
      values: stepValues(plan, step, inputs, parameters),
      run: { id: run.run.id, workflowId: run.run.workflow_id },
      attempt: context.attempt,
      signal,
      ports: await run.portsFor({ step, scope, attempt: context.attempt, signal }),
    });
    if (obtained) {
      const { queryId, columns, rowCount } = await send(checked(obtained, run.parser));
      return { ...result, ref: queryId, columns, rowCount };
    }
    return { ...(status ? { ref: status.queryId, rowCount: status.rowCount } : {}), ...result };
  }
  if (!status) throw new AppError('INTERNAL', `The step ${step.id} has nothing to execute`);
  if (step.kind === 'condition') {
    const port = stepNodes.get(type)?.portTaken?.(config, status.rowCount);
    return { ref: status.queryId, ports: port === undefined ? [] : [port] };
  }
  // Of a table that it makes from rows Snowflake tells only that it is there: one row of status, no count.
  if (step.kind === 'write') return { ref: status.queryId, rowCount: status.rowsAffected };
  // What Snowflake answers then is no row of it.
  if (into) return { ref: status.queryId, table: nameOf(into), columns: step.columns };
  return { ref: status.queryId, columns: status.columns, rowCount: status.rowCount };
}

/** Of what a step reads the catalog asks in the session of the run, which the hold keeps open. */
async function checkPolicies(
  step: PlanStep,
  { run, hold, policies }: RunSteps,
  { plan }: PlanScope,
  signal: AbortSignal,
): Promise<void> {
  if (hasStatement(step)) await hold.taken;
  await policies.checkStep(run, plan, step, signal);
}

function actionOf(type: string): ActionNode {
  const action = actionNodes.get(type);
  if (!action) throw new AppError('INTERNAL', `There is no action ${type}`);
  return action;
}

/** What a person's own SELECT has to hold to holds for one that somebody else wrote. */
function checked({ query, written }: ObtainedQuery, parser: SqlParser): BoundStatement {
  const [finding] = parser.checkQuery(written);
  if (finding) throw new AppError('CORTEX_FAILED', `The SQL that was answered is not run: ${finding.message}.`);
  return renderBinds(query);
}

/** A pinned step is decided before its run begins. */
function pinnedAway({ id }: PlanStep): AppError {
  return new AppError('INTERNAL', `The pinned result of ${id} was not given to its run`);
}
