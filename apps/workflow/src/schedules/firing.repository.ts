import { Injectable } from '@nestjs/common';
import { TENANT_SETTING } from '@snowflow/platform/postgres/app-role';
import { type Insertable, type Kysely, sql, type Selectable, type Transaction } from 'kysely';
import type { WorkflowDatabase } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';
import type { ScheduleInstantsTable, SchedulesTable } from './schedules.tables';

/** One schedule whose instants can't be written must not keep those of everybody else. */
const REST_MS = 60_000;

/** A schedule that is due, with what its workflow is at this moment. */
export type DueSchedule = Selectable<SchedulesTable> & { published: number | null; is_trashed: boolean };

/** The part of Postgres that turns time into instants. */
@Injectable()
export class FiringRepository {
  /** Schedules that could not be seen to, and until when the others go first. */
  private readonly resting = new Map<string, number>();

  constructor(private readonly store: WorkflowStore) {}

  /** Does the work for one due schedule that no other scheduler has, all in one transaction; answers whether there was one. */
  async withDue(
    now: Date,
    work: (db: Transaction<WorkflowDatabase>, due: DueSchedule, dueAt: Date) => Promise<void>,
  ): Promise<boolean> {
    let trying: string | undefined;
    for (const [id, until] of this.resting) if (until <= now.getTime()) this.resting.delete(id);
    const found = this.store.acrossTenants.transaction().execute(async (db) => {
      const clock = await db
        .selectFrom('workflow.schedule_clock')
        .selectAll()
        .where('due_at', '<=', now)
        .where(sql<boolean>`schedule_id <> ALL(${[...this.resting.keys()]}::text[])`)
        .orderBy('due_at')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      if (!clock) return false;
      trying = clock.schedule_id;
      await sql`SELECT set_config(${TENANT_SETTING}, ${clock.tenant_id}, true)`.execute(db);
      const { rows } = await sql<DueSchedule>`
        SELECT s.*, w.published, w.trashed_at IS NOT NULL AS is_trashed
        FROM workflow.schedules s JOIN workflow.workflows w ON w.id = s.workflow_id
        WHERE s.id = ${clock.schedule_id}`.execute(db);
      if (rows[0]) await work(db, rows[0], clock.due_at);
      else await this.setClock(db, clock.schedule_id, clock.tenant_id, undefined);
      return true;
    });
    return found.catch((error: unknown) => {
      if (trying !== undefined) this.resting.set(trying, now.getTime() + REST_MS);
      throw error;
    });
  }

  /** Writes instants down and, of those that are due, that a run is to be started; what stands there already is left alone. */
  async add(
    db: Kysely<WorkflowDatabase>,
    instants: readonly Insertable<ScheduleInstantsTable>[],
    now: Date,
  ): Promise<void> {
    if (instants.length === 0) return;
    const added = await db
      .insertInto('workflow.schedule_instants')
      .values([...instants])
      .onConflict((conflict) => conflict.columns(['schedule_id', 'instant']).doNothing())
      .returning(['tenant_id', 'schedule_id', 'instant', 'state'])
      .execute();
    const starts = added.filter(({ state }) => state === 'due');
    if (starts.length === 0) return;
    await db
      .insertInto('workflow.schedule_work')
      .values(
        starts.map(({ tenant_id, schedule_id, instant }) => ({
          tenant_id,
          schedule_id,
          instant,
          kind: 'start' as const,
          at: now,
        })),
      )
      .execute();
  }

  /** Sets the clock of a schedule; without a next instant it has none any more. */
  async setClock(db: Kysely<WorkflowDatabase>, id: string, tenantId: string, next: Date | undefined): Promise<void> {
    if (!next) {
      await db.deleteFrom('workflow.schedule_clock').where('schedule_id', '=', id).execute();
      return;
    }
    await db
      .insertInto('workflow.schedule_clock')
      .values({ schedule_id: id, tenant_id: tenantId, due_at: next })
      .onConflict((conflict) => conflict.column('schedule_id').doUpdateSet({ due_at: next }))
      .execute();
  }
}
