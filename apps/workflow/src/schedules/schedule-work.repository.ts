import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import type { ScheduleWorkTable } from './schedules.tables';

type Kind = ScheduleWorkTable['kind'];

/** Something to do about an instant, and how often it was begun. */
export interface ScheduleWork {
  tenantId: string;
  scheduleId: string;
  instant: Date;
  attempts: number;
}

/** What is to be done about instants, across tenants. Who takes something has it for a time; after that it is anybody's. */
@Injectable()
export class ScheduleWorkRepository {
  constructor(private readonly store: WorkflowStore) {}

  /** Of each schedule the oldest start comes first, so that its runs begin one after the other. */
  async take(kind: Kind, now: Date, leaseMs: number): Promise<ScheduleWork | undefined> {
    const [taken] = await this.store.statementAcross(sql<ScheduleWork>`
      UPDATE workflow.schedule_work SET at = ${new Date(now.getTime() + leaseMs)}, attempts = attempts + 1
      WHERE (schedule_id, kind, instant) = (
        SELECT schedule_id, kind, instant FROM workflow.schedule_work mine
        WHERE kind = ${kind} AND at <= ${now} AND (kind <> 'start' OR NOT EXISTS (
          SELECT FROM workflow.schedule_work older
          WHERE older.schedule_id = mine.schedule_id AND older.kind = 'start' AND older.instant < mine.instant))
        ORDER BY at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING tenant_id AS "tenantId", schedule_id AS "scheduleId", instant, attempts`);
    return taken;
  }

  /** Leaves it until later, with so many attempts made; `anew` counts them from the beginning. */
  async postpone(
    kind: Kind,
    { scheduleId, instant, attempts }: ScheduleWork,
    until: Date,
    anew = false,
  ): Promise<void> {
    await this.store.statementAcross(sql`
      UPDATE workflow.schedule_work SET at = ${until}, attempts = ${anew ? 0 : attempts}
      WHERE schedule_id = ${scheduleId} AND kind = ${kind} AND instant = ${instant}`);
  }

  async done(kind: Kind, { scheduleId, instant }: ScheduleWork): Promise<void> {
    await this.store.statementAcross(sql`
      DELETE FROM workflow.schedule_work
      WHERE schedule_id = ${scheduleId} AND kind = ${kind} AND instant = ${instant}`);
  }
}
