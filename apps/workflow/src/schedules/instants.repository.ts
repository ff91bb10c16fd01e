import { Injectable } from '@nestjs/common';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { RunStatus } from '@snowflow/contracts/runs/run-state';
import type { WorkflowDatabase } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';
import type { ScheduleWork } from './schedule-work.repository';
import type { ScheduleInstantsTable, SchedulesTable } from './schedules.tables';

export type InstantRow = Selectable<ScheduleInstantsTable>;

/** An instant that waits for its run, with what its schedule is by now. */
export type OrderedInstant = InstantRow &
  Pick<Selectable<SchedulesTable>, 'workflow_id' | 'overlap' | 'enabled'> & {
    is_trashed: boolean;
    under_way: string[];
  };

/** Why there is no run. */
export interface Unstarted {
  state: 'skipped' | 'refused';
  code: string;
  reason: string;
}

@Injectable()
export class InstantsRepository {
  constructor(private readonly store: WorkflowStore) {}

  async ordered({ tenantId, scheduleId, instant }: ScheduleWork): Promise<OrderedInstant | undefined> {
    const [row] = await this.store.statement(
      tenantId,
      sql<OrderedInstant>`
        SELECT i.*, s.workflow_id, s.overlap, s.enabled, w.trashed_at IS NOT NULL AS is_trashed, ARRAY(
          SELECT run.id FROM workflow.schedule_work followed
          JOIN workflow.schedule_instants before USING (schedule_id, instant)
          JOIN workflow.runs run ON run.id = before.run_id
          WHERE followed.schedule_id = s.id AND followed.kind = 'follow' AND run.finished_at IS NULL
        ) AS under_way
        FROM workflow.schedule_instants i
        JOIN workflow.schedules s ON s.id = i.schedule_id
        JOIN workflow.workflows w ON w.id = s.workflow_id
        WHERE i.schedule_id = ${scheduleId} AND i.instant = ${instant} AND i.state = 'due'`,
    );
    return row;
  }

  /** That a run is ordered stands here before it is. */
  async order({ tenantId, scheduleId, instant }: ScheduleWork, now: Date): Promise<void> {
    await this.store.statement(
      tenantId,
      sql`UPDATE workflow.schedule_instants SET ordered_at = coalesce(ordered_at, ${now})
          WHERE schedule_id = ${scheduleId} AND instant = ${instant}`,
    );
  }

  /** The instant has its run, which is followed from now on. */
  async started({ tenantId, scheduleId, instant }: ScheduleWork, runId: string, followAt: Date): Promise<void> {
    await this.store.statement(
      tenantId,
      sql`
        WITH begun AS (
          UPDATE workflow.schedule_instants SET state = 'started', run_id = ${runId}, sealed_parameters = NULL
          WHERE schedule_id = ${scheduleId} AND instant = ${instant} AND state = 'due'
          RETURNING tenant_id, schedule_id, instant
        ), followed AS (
          INSERT INTO workflow.schedule_work (tenant_id, schedule_id, kind, instant, at)
          SELECT tenant_id, schedule_id, 'follow', instant, ${followAt}::timestamptz FROM begun
          ON CONFLICT DO NOTHING
        )
        DELETE FROM workflow.schedule_work
        WHERE schedule_id = ${scheduleId} AND kind = 'start' AND instant = ${instant}`,
    );
  }

  /** The instant has no run, and never will. */
  async unstarted(
    db: Kysely<WorkflowDatabase>,
    { scheduleId, instant }: ScheduleWork,
    { state, code, reason }: Unstarted,
  ): Promise<void> {
    await db
      .updateTable('workflow.schedule_instants')
      .set({ state, code, reason: reason.slice(0, 500), sealed_parameters: null })
      .where('schedule_id', '=', scheduleId)
      .where('instant', '=', instant)
      .where('state', '=', 'due')
      .execute();
    await db
      .deleteFrom('workflow.schedule_work')
      .where('schedule_id', '=', scheduleId)
      .where('kind', '=', 'start')
      .where('instant', '=', instant)
      .execute();
  }

  /** How the instant's run stands; nothing where the run was removed. */
  async runOf({
    tenantId,
    scheduleId,
    instant,
  }: ScheduleWork): Promise<{ status: RunStatus; finished_at: Date | null; code: string | null } | undefined> {
    const [row] = await this.store.statement(
      tenantId,
      sql<{ status: RunStatus; finished_at: Date | null; code: string | null }>`
        SELECT run.status, run.finished_at, run.error ->> 'code' AS code
        FROM workflow.schedule_instants i JOIN workflow.runs run ON run.id = i.run_id
        WHERE i.schedule_id = ${scheduleId} AND i.instant = ${instant}`,
    );
    return row;
  }

  /** Writes the end of the run down, once; answers false where that was done before. */
  async ended(
    db: Kysely<WorkflowDatabase>,
    { scheduleId, instant }: ScheduleWork,
    outcome: RunStatus,
    code: string | null,
  ): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('workflow.schedule_instants')
      .set({ outcome, code })
      .where('schedule_id', '=', scheduleId)
      .where('instant', '=', instant)
      .where('outcome', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** The newest instants before a moment. */
  async newest(tenantId: string, scheduleId: string, before: Date | undefined, limit: number): Promise<InstantRow[]> {
    return this.store.transaction(tenantId, (db) => {
      const all = db.selectFrom('workflow.schedule_instants').selectAll().where('schedule_id', '=', scheduleId);
      const some = before ? all.where('instant', '<', before) : all;
      return some.orderBy('instant', 'desc').limit(limit).execute();
    });
  }
}
