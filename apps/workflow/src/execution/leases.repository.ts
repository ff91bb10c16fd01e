import { Injectable } from '@nestjs/common';
import type { RunJob } from '@snowflow/contracts/runs/run-job';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import type { RunNodeRow, RunRow } from '../runs/runs.repository';
import type { StatementChange } from './run-record.repository';

/** A run as its worker takes it up. */
export interface LeasedRun {
  fence: number;
  cancelRequested: boolean;
  run: RunRow;
}

@Injectable()
export class LeasesRepository {
  constructor(private readonly store: WorkflowStore) {}

  /** Takes the run up, if it is due and nobody else has it; one round trip. Every lease has a higher fence than the one before. */
  async take({ tenantId, runId }: RunJob, worker: string, leaseMs: number): Promise<LeasedRun | undefined> {
    const rows = await this.store.statement(
      tenantId,
      sql<RunRow & { lease_fence: number; cancel_requested: boolean }>`
        WITH lease AS (
          UPDATE workflow.run_queue
          SET leased_by = ${worker}, leased_until = now() + ${leaseMs} * interval '1 millisecond', fence = fence + 1
          WHERE run_id = ${runId} AND tenant_id = ${tenantId} AND leased_until < now()
          RETURNING run_id, fence, cancel_requested
        )
        SELECT run.*, lease.fence AS lease_fence, lease.cancel_requested
        FROM lease JOIN workflow.runs run ON run.id = lease.run_id`,
    );
    const row = rows[0];
    if (!row) return undefined;
    const { lease_fence: fence, cancel_requested: cancelRequested, ...run } = row;
    return { fence, cancelRequested, run };
  }

  /** What an earlier worker wrote of a run: its nodes, and its statements from first to last. */
  async past(tenantId: string, runId: string): Promise<{ nodes: RunNodeRow[]; statements: StatementChange[] }> {
    return this.store.transaction(tenantId, async (db) => ({
      nodes: await db.selectFrom('workflow.run_nodes').selectAll().where('run_id', '=', runId).execute(),
      statements: await db
        .selectFrom('workflow.statements')
        .select(['step', 'request_id', 'effect_key', 'query_id', 'state', 'bytes_at_most', 'outcome'])
        .where('run_id', '=', runId)
        .orderBy('sent_at')
        .execute()
        .then((rows) => rows.map((row) => ({ ...row, bytes_at_most: numberOrNull(row.bytes_at_most) }))),
    }));
  }
}

/** The driver gives a bigint as text. */
const numberOrNull = (value: string | number | null) => (value === null ? null : Number(value));
