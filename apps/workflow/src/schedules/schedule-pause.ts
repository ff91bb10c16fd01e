import { Injectable } from '@nestjs/common';
import type { Kysely, Selectable } from 'kysely';
import { ChangeLog } from '../audit/change-log';
import type { WorkflowDatabase } from '../database/workflow-database';
import type { SchedulesTable } from './schedules.tables';

/** Why a schedule is paused, in a code and in a sentence that says what to do. */
export interface PauseReason {
  code: string;
  reason: string;
}

const MOST_CHARACTERS = 500;

/** Pauses schedules that can't go on. The owner sees why on the page; addresses that were given are told. */
@Injectable()
export class SchedulePause {
  constructor(private readonly changes: ChangeLog) {}

  /** In the transaction of what showed that it can't. One that is paused already stays as it is. */
  async pause(
    db: Kysely<WorkflowDatabase>,
    { id, tenant_id, name, notify }: Pick<Selectable<SchedulesTable>, 'id' | 'tenant_id' | 'name' | 'notify'>,
    { code, reason }: PauseReason,
    now: Date,
  ): Promise<void> {
    const { numUpdatedRows } = await db
      .updateTable('workflow.schedules')
      .set({ enabled: false, paused_code: code, paused_reason: reason.slice(0, MOST_CHARACTERS), paused_at: now })
      .where('id', '=', id)
      .where('enabled', '=', true)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await db.deleteFrom('workflow.schedule_clock').where('schedule_id', '=', id).execute();
    if (notify.length > 0) {
      await db
        .insertInto('workflow.schedule_work')
        .values({ schedule_id: id, tenant_id, kind: 'notice', instant: now, at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    await this.changes.by(
      db,
      tenant_id,
      { kind: 'schedule', id, name },
      {
        action: 'schedule.paused',
        object: { kind: 'schedule', id, name },
        after: { code },
      },
    );
  }
}

/** Nothing to run: the workflow was never published, or is not any more. */
export const UNPUBLISHED: PauseReason = {
  code: 'UNPUBLISHED',
  reason: 'The workflow has no published revision. Publish it, or pin a revision, then resume the schedule.',
};

/** The workflow is in the trash. */
export const TRASHED: PauseReason = {
  code: 'TRASHED',
  reason: 'The workflow is in the trash. Restore it, then resume the schedule.',
};
