import { Injectable } from '@nestjs/common';
import { type Kysely, sql } from 'kysely';
import type { WorkflowDatabase } from '../database/workflow-database';
import { type PauseReason, SchedulePause } from './schedule-pause';

/** Counts what fails in a row, and pauses the schedule when it is enough. */
@Injectable()
export class ScheduleFailures {
  constructor(private readonly pauses: SchedulePause) {}

  /**
   * Comes first in a transaction that may end in a pause: whoever changes or removes a schedule takes its clock first as well, so none of
   * them waits for the other in a circle.
   */
  async hold(db: Kysely<WorkflowDatabase>, scheduleId: string): Promise<void> {
    await sql`SELECT FROM workflow.schedule_clock WHERE schedule_id = ${scheduleId} FOR UPDATE`.execute(db);
    await sql`SELECT FROM workflow.schedules WHERE id = ${scheduleId} FOR UPDATE`.execute(db);
  }

  async forget(db: Kysely<WorkflowDatabase>, scheduleId: string): Promise<void> {
    await db.updateTable('workflow.schedules').set({ failures: 0 }).where('id', '=', scheduleId).execute();
  }

  /** `at once`: another try could only fail. */
  async count(db: Kysely<WorkflowDatabase>, scheduleId: string, now: Date, atOnce?: PauseReason): Promise<void> {
    const schedule = await db
      .updateTable('workflow.schedules')
      .set(({ eb }) => ({ failures: eb('failures', '+', 1) }))
      .where('id', '=', scheduleId)
      .returningAll()
      .executeTakeFirst();
    if (!schedule) return;
    const { failures, pause_after } = schedule;
    const reason = atOnce ?? (failures >= pause_after ? tooMany(failures) : undefined);
    if (reason) await this.pauses.pause(db, schedule, reason, now);
  }
}

const tooMany = (failures: number): PauseReason => ({
  code: 'FAILURES',
  reason: `It failed ${failures} times in a row. Look at its latest runs, then resume it.`,
});
