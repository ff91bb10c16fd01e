import { Injectable } from '@nestjs/common';
import type { RunJob } from '@snowflow/contracts/runs/run-job';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import type { RunNodeRow, RunRow } from '../runs/runs.repository';
import type { StatementChange } from './run-record.repository';
import type { StoredOutcome } from './sealed-outcome';

/** A run as its worker takes it up. */
export interface LeasedRun {
  fence: number;
  /** How often it was taken up since it began or last rested, this time included. */
  takenUp: number;
  cancelRequested: boolean;
  run: RunRow;
}

/** What was written of a run before its present worker took it up. */
export interface RunPast {
  nodes: RunNodeRow[];
  statements: StatementChange[];
  outcomes: StoredOutcome[];
  hasWaited: boolean;
}

@Injectable()
export class LeasesRepository {
  constructor(private readonly store: WorkflowStore) {}

  /** Takes the run up, if it is due and nobody else has it; one round trip. Every lease has a higher fence than the one before. */
  async take({ tenantId, runId }: RunJob, worker: string, leaseMs: number): Promise<LeasedRun | undefined> {
    const rows = await this.store.statement(
      tenantId,
      sql<RunRow & { lease_fence: number; taken_up: number; cancel_requested: boolean }>`
        WITH lease AS (
          UPDATE workflow.run_queue
          SET leased_by = ${worker}, leased_until = now() + ${leaseMs} * interval '1 millisecond', fence = fence + 1,
            taken_up = taken_up + 1
          WHERE run_id = ${runId} AND tenant_id = ${tenantId} AND leased_until < now()
          RETURNING run_id, fence, taken_up, cancel_requested
        )
        SELECT run.*, lease.fence AS lease_fence, lease.taken_up, lease.cancel_requested
        FROM lease JOIN workflow.runs run ON run.id = lease.run_id`,
    );
    const row = rows[0];
    if (!row) return undefined;
    const { lease_fence: fence, taken_up: takenUp, cancel_requested: cancelRequested, ...run } = row;
    return { fence, takenUp, cancelRequested, run };
  }

  /** What an earlier worker wrote of a run, or an earlier run gave it; statements from first to last. */
  async past(tenantId: string, runId: string): Promise<RunPast> {
    return this.store.transaction(tenantId, async (db) => ({
      nodes: await db.selectFrom('workflow.run_nodes').selectAll().where('run_id', '=', runId).execute(),
      statements: await db
        .selectFrom('workflow.statements')
        .select(['step', 'request_id', 'effect_key', 'query_id', 'state', 'outcome'])
        .where('run_id', '=', runId)
        .orderBy('sent_at')
        .execute(),
      outcomes: await db
        .selectFrom('workflow.step_outcomes')
        .select(['step', 'state', 'sealed_outcome'])
        .where('run_id', '=', runId)
        .execute(),
      hasWaited:
        (await db.selectFrom('workflow.waits').select('step').where('run_id', '=', runId).limit(1).execute()).length >
        0,
    }));
  }
}
