import { Injectable } from '@nestjs/common';
import type { RunJob } from '@snowflow/contracts/runs/run-job';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';

/** A run that should be running and is not: never taken up, or its worker went silent. */
export interface Wakeable extends RunJob {
  fence: number;
}

/** What a heartbeat answers of a lease that is still held. */
export interface HeldLease {
  runId: string;
  cancelRequested: boolean;
  /** Something came that the run waits for. */
  nudged: boolean;
}

const UNWOKEN_AFTER_MS = 2_000;

/** The queue across all tenants: ids, leases and times. Postgres is the truth of what is to run; BullMQ only wakes workers. */
@Injectable()
export class RunQueueRepository {
  constructor(private readonly store: WorkflowStore) {}

  /** Keeps these leases for `leaseMs` more, and answers those that are still this worker's. */
  async extend(worker: string, runIds: string[], leaseMs: number): Promise<HeldLease[]> {
    const { rows } = await sql<{ run_id: string; cancel_requested: boolean; nudged: boolean }>`
      UPDATE workflow.run_queue SET leased_until = now() + ${leaseMs} * interval '1 millisecond'
      WHERE leased_by = ${worker} AND run_id = ANY(${runIds})
      RETURNING run_id, cancel_requested, nudged`.execute(this.store.acrossTenants);
    return rows.map((row) => ({ runId: row.run_id, cancelRequested: row.cancel_requested, nudged: row.nudged }));
  }

  /** Gives a lease back, so that another worker may take the run up `afterMs` from now. */
  async release(worker: string, runId: string, afterMs: number): Promise<void> {
    await sql`
      UPDATE workflow.run_queue
      SET leased_by = NULL, leased_until = now() + ${afterMs} * interval '1 millisecond', woken_at = '-infinity'
      WHERE run_id = ${runId} AND leased_by = ${worker}`.execute(this.store.acrossTenants);
  }

  /**
   * Takes up to `limit` runs that need a wake-up: those whose lease ran out, at once, and those that slept through one. Each is given to
   * one sweeper only, and again only after a while.
   */
  async takeUnwoken(limit: number): Promise<Wakeable[]> {
    const { rows } = await sql<{ run_id: string; tenant_id: string; fence: number }>`
      UPDATE workflow.run_queue SET woken_at = now()
      WHERE run_id IN (
        SELECT run_id FROM workflow.run_queue
        WHERE leased_until < now()
          AND (woken_at < leased_until OR woken_at < now() - ${UNWOKEN_AFTER_MS} * interval '1 millisecond')
        ORDER BY woken_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      RETURNING run_id, tenant_id, fence`.execute(this.store.acrossTenants);
    return rows.map((row) => ({ runId: row.run_id, tenantId: row.tenant_id, fence: row.fence }));
  }
}
