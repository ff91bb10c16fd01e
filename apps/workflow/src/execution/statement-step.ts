import type { PlanStep } from '@snowflow/engine/plan/plan';
import { livenessOf } from '@snowflow/engine/compile/flow-of-plan';
import { composeStep } from '@snowflow/engine/sql/compose-step';
import type { Outcomes, StepResult } from '@snowflow/engine/run/step-outcome';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { RunBudget } from '../budget/run-budget';
import type { RunRow } from '../runs/runs.repository';
import type { PinnedPlan } from '../runs/sealed-run';
import type { StatementChange } from './run-record.repository';
import type { RunRecorder } from './run-recorder';
import type { SessionHold } from './session-hold';
import type { StatementRunner } from './statement-runner';

const DEFAULT_TIMEOUT_SECONDS = 3_600;

/** What the statements of one run share. */
export interface RunStatements {
  run: RunRow;
  pinned: PinnedPlan;
  past: readonly StatementChange[];
  recorder: RunRecorder;
  runner: StatementRunner;
  hold: SessionHold;
  budget: RunBudget;
}

/** Executes one planned step: composes its statement for the branches that live, brings it to its end, and answers what it gave. */
export async function executeStatement(
  step: PlanStep,
  inputs: Outcomes,
  { run, pinned, past, recorder, runner, hold, budget }: RunStatements,
  signal: AbortSignal,
): Promise<StepResult> {
  await hold.taken.catch(explain);
  const { sql, binds } = composeStep(pinned.plan, step.id, livenessOf(step, inputs), pinned.parameters);
  const bytesAtMost = await budget.admit(step.id, { sql, binds }, signal).catch(explain);
  const status = await runner
    .run(
      {
        step: step.id,
        kind: step.kind,
        sql,
        binds,
        context: run.context,
        runId: run.id,
        tag: {
          ...(run.workflow_id === null ? {} : { workflow: run.workflow_id }),
          ...(run.revision === null ? {} : { revision: String(run.revision) }),
          run: run.id,
          node: step.endsAt,
        },
        timeoutSeconds: Math.ceil((step.settings.timeoutMs ?? DEFAULT_TIMEOUT_SECONDS * 1000) / 1000),
        bytesAtMost,
      },
      past.filter((entry) => entry.step === step.id),
      {
        write: (change) => {
          recorder.statement(change);
          return recorder.flush();
        },
        note: (change) => recorder.statement(change),
        queryKnown: (queryId) => {
          recorder.queryKnown(step, queryId);
          return recorder.flush();
        },
      },
      signal,
    )
    .catch(explain);
  if (step.kind === 'condition') return { ref: status.queryId, ports: [status.rowCount > 0 ? 'true' : 'false'] };
  if (step.kind === 'write') return { ref: status.queryId, rowCount: status.rowsAffected ?? status.rowCount };
  return { ref: status.queryId, columns: status.columns, rowCount: status.rowCount };
}

/** What ended between two steps is told as that. */
function explain(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  if (error.code === 'SNOWFLAKE_SESSION_ENDED') {
    throw new AppError(
      error.code,
      'The Snowflake session of this run has ended, so its next statement could not be sent. Sign in and run it again.',
      error.details,
    );
  }
  if (error.code === 'ROLE_REVOKED') {
    throw new AppError(error.code, `This step was not run. ${error.message}`, error.details);
  }
  throw error;
}
