import type { PlanStep } from '@snowflow/engine/plan/plan';
import { StepPaused } from '@snowflow/engine/run/step-paused';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { BoundStatement } from '@snowflow/nodes/kit/sql/render';
import type { RunBudget } from '../budget/run-budget';
import type { RunRow } from '../runs/runs.repository';
import type { PlanScope } from './plan-scope';
import type { RunJournal } from './run-journal';
import type { StatementChange } from './run-record.repository';
import type { RunRecorder } from './run-recorder';
import type { SessionHold } from './session-hold';
import { isSessionEnd, type StatementRunner, type Succeeded } from './statement-runner';

const DEFAULT_TIMEOUT_SECONDS = 3_600;

/** What the statements of one run share. */
export interface RunStatements {
  run: RunRow;
  journal: RunJournal;
  recorder: RunRecorder;
  runner: StatementRunner;
  hold: SessionHold;
  budget: RunBudget;
  /** It has rested before, perhaps for longer than its person's session lives. */
  waited: boolean;
}

/** Brings the statement of a planned step to its end, under the run's session and in its context. */
export async function executeStatement(
  step: PlanStep,
  { sql, binds }: BoundStatement,
  { run, journal, recorder, runner, hold, budget, waited }: RunStatements,
  { prefix }: PlanScope,
  signal: AbortSignal,
): Promise<Succeeded> {
  const explain = (error: unknown) => whatEnded(error, waited);
  const note = (change: StatementChange) => {
    journal.keep(change);
    recorder.statement(change);
  };
  await hold.taken.catch(explain);
  const past = journal.ofStep(prefix + step.id);
  const bytesAtMost = await budget.admit({ sql, binds }, past.at(-1), signal).catch(explain);
  return runner
    .run(
      {
        step: prefix + step.id,
        kind: step.kind === 'write' || step.scratch ? 'write' : 'read',
        sql,
        binds,
        context: run.context,
        runId: run.id,
        tag: {
          ...(run.workflow_id === null ? {} : { workflow: run.workflow_id }),
          ...(run.revision === null ? {} : { revision: String(run.revision) }),
          run: run.id,
          node: prefix + step.endsAt,
        },
        timeoutSeconds: Math.ceil((step.settings.timeoutMs ?? DEFAULT_TIMEOUT_SECONDS * 1000) / 1000),
        bytesAtMost,
      },
      past,
      {
        write: (change) => {
          note(change);
          return recorder.flush();
        },
        note,
        queryKnown: (queryId) => {
          if (prefix === '') recorder.queryKnown(step, queryId);
          return recorder.flush();
        },
      },
      signal,
    )
    .catch(explain);
}

/** What ended between two steps is told as that. A run that has rested waits for its person to sign in again. */
function whatEnded(error: unknown, waited: boolean): never {
  if (!(error instanceof AppError)) throw error;
  if (isSessionEnd(error) && waited) throw new StepPaused({ for: 'session' });
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
