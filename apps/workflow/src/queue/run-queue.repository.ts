import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { OPEN_RUNS } from './open-runs.sql';
import type { QueueDepth } from './queue-metrics';
import type { RunPlaces } from './run-places';

/** What a heartbeat answers of a lease that is still held. */
export interface HeldLease {
  runId: string;
  cancelRequested: boolean;
  /** Something came that the run waits for. */
  nudged: boolean;
}

/** Places as the waiting runs of a tenant have them written beside them. */
export interface WrittenPlaces extends RunPlaces {
  tenantId: string;
}

/** The queue across all tenants: ids, leases, times and numbers. Postgres is the truth of what is to run; BullMQ only wakes workers. */
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

  /** Gives a lease back because the worker stops: the run may be taken up at once, and this was no attempt at it. */
  async handOver(worker: string, runId: string): Promise<void> {
    await sql`
      UPDATE workflow.run_queue SET leased_by = NULL, leased_until = '-infinity', attempts = greatest(0, attempts - 1)
      WHERE run_id = ${runId} AND leased_by = ${worker}`.execute(this.store.acrossTenants);
  }

  /** Gives a lease back because the run could not go on; it rests `restMs` before it is taken up again. */
  async rest(worker: string, runId: string, restMs: number): Promise<void> {
    await sql`
      UPDATE workflow.run_queue SET leased_by = NULL, leased_until = now() + ${restMs} * interval '1 millisecond'
      WHERE run_id = ${runId} AND leased_by = ${worker}`.execute(this.store.acrossTenants);
  }

  /** Whether a run could start this moment. */
  async hasDue(risesAfterSeconds: number): Promise<boolean> {
    const { rows } = await sql<{ due: boolean }>`
      SELECT EXISTS (SELECT FROM workflow.due_runs(${risesAfterSeconds})) AS due`.execute(this.store.acrossTenants);
    return rows[0]?.due ?? false;
  }

  /** Runs that rest until somebody decides are none of these. */
  async depth(): Promise<QueueDepth> {
    const { rows } = await sql<QueueDepth>`
      SELECT count(*) FILTER (WHERE leased_by IS NULL)::integer AS waiting,
        count(*) FILTER (WHERE leased_until >= now())::integer AS "underWay",
        count(*) FILTER (WHERE leased_by IS NOT NULL AND leased_until < now())::integer AS orphaned,
        coalesce(extract(epoch FROM now() - min(greatest(queued_at, leased_until)) FILTER (WHERE leased_by IS NULL)), 0)
          ::double precision AS "oldestWaitSeconds"
      FROM workflow.run_queue WHERE ${sql.raw(OPEN_RUNS)}`.execute(this.store.acrossTenants);
    return rows[0] ?? { waiting: 0, underWay: 0, orphaned: 0, oldestWaitSeconds: 0 };
  }

  /** The places that runs in the queue were given, by tenant. */
  async writtenPlaces(): Promise<WrittenPlaces[]> {
    const { rows } = await sql<WrittenPlaces>`
      SELECT DISTINCT tenant_id AS "tenantId", tenant_places AS "perTenant", workflow_places AS "perWorkflow",
        warehouse_places AS "perWarehouse"
      FROM workflow.run_queue`.execute(this.store.acrossTenants);
    return rows;
  }

  /** Gives all of the tenant's runs in the queue these places. */
  async rewritePlaces({ tenantId, perTenant, perWorkflow, perWarehouse }: WrittenPlaces): Promise<void> {
    await sql`
      UPDATE workflow.run_queue
      SET tenant_places = ${perTenant}, workflow_places = ${perWorkflow}, warehouse_places = ${perWarehouse}
      WHERE tenant_id = ${tenantId}
        AND (tenant_places, workflow_places, warehouse_places)
          IS DISTINCT FROM (${perTenant}::integer, ${perWorkflow}::integer, ${perWarehouse}::integer)`.execute(
      this.store.acrossTenants,
    );
  }
}
