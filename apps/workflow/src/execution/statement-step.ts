import type { PlanStep } from '@snowflow/engine/plan/plan';
import type { BoundStatement } from '@snowflow/nodes/kit/sql/render';
import type { RunBudget } from '../budget/run-budget';
import type { PolicyGate } from '../policies/policy-gate';
import type { RunRow } from '../runs/runs.repository';
import type { PlanScope } from './plan-scope';
import type { RunJournal } from './run-journal';
import type { StatementChange } from './run-record.repository';
import type { RunRecorder } from './run-recorder';
import type { SessionHold } from './session-hold';
import type { StatementRunner, Succeeded } from './statement-runner';
import { isAccessEnd, leftOpen, whatEnded } from './what-ended';

const DEFAULT_TIMEOUT_SECONDS = 3_600;

/** What the statements of one run share. */
export interface RunStatements {
  run: RunRow;
  journal: RunJournal;
  recorder: RunRecorder;
  runner: StatementRunner;
  hold: SessionHold;
  budget: RunBudget;
  /** What the tenant allows. */
  policies: Pick<PolicyGate, 'checkStep' | 'checkStatement' | 'checkQuery'>;
  /** Whether a session that is over is waited for: the run has rested before, or signs in again without its person. */
  mayRest(): Promise<boolean>;
}

/** What was sent goes on to its end, whatever is allowed by now. */
export const isSent = (last: StatementChange | undefined) => last?.state === 'sent' || last?.state === 'succeeded';

/** Brings the statement of a planned step to its end, under the run's session and in its context. */
export async function executeStatement(
  step: PlanStep,
  { sql, binds }: BoundStatement,
  { run, journal, recorder, runner, hold, budget, policies, mayRest }: RunStatements,
  { prefix, calls }: PlanScope,
  signal: AbortSignal,
): Promise<Succeeded> {
  const kind = step.kind === 'write' || step.scratch ? 'write' : 'read';
  const past = journal.ofStep(prefix + step.id);
  const isOpen = kind === 'write' && past.at(-1)?.state === 'sent';
  const explain = (error: unknown) => whatEnded(error, mayRest);
  const explainBefore = (error: unknown) => whatEnded(isOpen && isAccessEnd(error) ? leftOpen(error) : error, mayRest);
  const note = (change: StatementChange) => {
    journal.keep(change);
    recorder.statement(change);
  };
  await hold.taken.catch(explainBefore);
  if (!isSent(past.at(-1))) await policies.checkStatement(run, { sql, binds }, signal).catch(explainBefore);
  const bytesAtMost = await budget.admit({ sql, binds }, past.at(-1), calls, signal).catch(explainBefore);
  return runner
    .run(
      {
        step: prefix + step.id,
        kind,
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
