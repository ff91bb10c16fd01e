import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { PlanStep } from '@snowflow/engine/plan/plan';
import { WorkflowStore } from '../database/workflow-store';
import { openOutcome, type StoredOutcome } from '../execution/sealed-outcome';
import { ScratchTablesRepository } from '../scratch/scratch-tables.repository';
import { tableIsGone } from '../scratch/table-gone';
import { SEALER } from '../sealer';
import { WorkflowAccess } from '../sharing/workflow-access';
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

/** A step of the new run that an earlier one decides, and where the request asked for that. */
export interface Needed extends TakenOver {
  planned: PlanStep;
  path: string;
}

type Finished = ReadonlyMap<string, StoredOutcome & { at: Date }>;

/** Runs whose outcomes another may go on with: one's own, under the same context, their results not older than Snowflake's memory. */
@Injectable()
export class EarlierRun {
  constructor(
    private readonly store: WorkflowStore,
    private readonly runs: RunsRepository,
    private readonly access: WorkflowAccess,
    private readonly tables: ScratchTablesRepository,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  async find(owner: Owner, id: string, context: PinnedContext): Promise<RunRow> {
    const run = await this.store.transaction(owner.tenantId, (db) => this.runs.find(db, owner, id));
    if (!run) throw await this.access.notTheirs(owner, id);
    if (isSameContext(run.context, context)) return run;
    throw new AppError(
      'CONTEXT_DIFFERS',
      'That run had another role, warehouse, database or schema than your session has. Switch back to go on with it.',
      { extensions: { context: run.context } },
    );
  }

  /** The steps of a run that came to an end which another run can take over. */
  async finishedSteps(tenantId: string, runId: string): Promise<Finished> {
    const rows = await this.store.transaction(tenantId, (db) =>
      db
        .selectFrom('workflow.step_outcomes')
        .select(['step', 'state', 'sealed_outcome', 'at'])
        .where('run_id', '=', runId)
        .where('state', '!=', 'failed')
        .execute(),
    );
    return new Map(rows.map((row) => [row.step, row]));
  }

  /** Throws VALIDATION naming what the earlier run does not have, RESULT_EXPIRED where Snowflake no longer has it. */
  async check(tenantId: string, finished: Finished, needed: readonly Needed[]): Promise<void> {
    for (const { runId, step, planned, path } of needed) {
      const outcome = finished.get(step);
      if (!outcome) {
        throw unfit(`The run ${runId} has no outcome of the node ${step}, which is needed first.`, path);
      }
      if (planned.settings.pinned && outcome.state !== 'succeeded') {
        throw unfit(`The node ${step} has no result in the run ${runId} that could be pinned.`, path);
      }
      if (planned.kind === 'query' && outcome.state === 'succeeded') {
        await this.checkResult(tenantId, outcome, planned, path);
      }
    }
  }

  private async checkResult(
    tenantId: string,
    found: StoredOutcome & { at: Date },
    { columns, settings }: PlanStep,
    path: string,
  ): Promise<void> {
    const { table, columns: given } = openOutcome(this.sealer, tenantId, found);
    if (table && settings.pinned) {
      throw unfit(`The rows of the node ${found.step} were kept in a scratch table, which can’t be pinned.`, path);
    }
    if (table && !(await this.tables.isKept(tenantId, table))) throw tableIsGone(found.step);
    if (!table && Date.now() - found.at.getTime() > RESULT_LIFE_MS) {
      throw new AppError(
        'RESULT_EXPIRED',
        `Snowflake keeps results for 24 hours, and that of the node ${found.step} is older. Run all of it.`,
      );
    }
    const missing = given && columns.find(({ name }) => !given.some((column) => column.name === name));
    if (!missing) return;
    throw unfit(`The result of the node ${found.step} in that run has no column ${missing.name} yet.`, path);
  }
}

function unfit(message: string, path: string): AppError {
  return new AppError('VALIDATION', message, {
    errors: [{ path, message: 'Name a run that got that far with the workflow as it is now, or run all of it' }],
  });
}
