import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { runNotFound } from '../database/not-found';
import { WorkflowStore } from '../database/workflow-store';
import type { Owner } from '../workflows/workflows.repository';
import { isSameContext } from './same-context';
import { type RunRow, RunsRepository } from './runs.repository';

/** Snowflake keeps a statement's result this long. */
const RESULT_LIFE_MS = 24 * 3_600_000;

/** What a new run takes over from an earlier one: `as` is the step that the outcome stands for in the new run. */
export interface TakenOver {
  runId: string;
  step: string;
  as: string;
}

/** Runs whose outcomes another may go on with: one's own, under the same context, and not older than Snowflake's memory of results. */
@Injectable()
export class EarlierRun {
  constructor(
    private readonly store: WorkflowStore,
    private readonly runs: RunsRepository,
  ) {}

  async find(owner: Owner, id: string, context: PinnedContext): Promise<RunRow> {
    const run = await this.store.transaction(owner.tenantId, (db) => this.runs.find(db, owner, id));
    if (!run) throw runNotFound();
    if (!isSameContext(run.context, context)) {
      throw new AppError(
        'CONTEXT_DIFFERS',
        'That run had another role, warehouse, database or schema than your session has. Switch back to go on with it.',
        { extensions: { context: run.context } },
      );
    }
    if (Date.now() - run.created_at.getTime() > RESULT_LIFE_MS) {
      throw new AppError(
        'RESULT_EXPIRED',
        'Snowflake keeps results for 24 hours, and that run is older. Run all of it.',
      );
    }
    return run;
  }

  /** The steps of a run that came to an end which another run can take over. */
  async finishedSteps(tenantId: string, runId: string): Promise<Set<string>> {
    const rows = await this.store.transaction(tenantId, (db) =>
      db
        .selectFrom('workflow.step_outcomes')
        .select('step')
        .where('run_id', '=', runId)
        .where('state', '!=', 'failed')
        .execute(),
    );
    return new Set(rows.map(({ step }) => step));
  }

  /** Throws VALIDATION naming the step that the earlier run did not get through. */
  async require(tenantId: string, runId: string, steps: readonly string[], path: string): Promise<void> {
    const finished = await this.finishedSteps(tenantId, runId);
    const missing = steps.find((step) => !finished.has(step));
    if (missing === undefined) return;
    throw new AppError('VALIDATION', `The run ${runId} has no outcome of the node ${missing}, which is needed first.`, {
      errors: [{ path, message: 'Name a run that got that far, or run all of it' }],
    });
  }
}
