import { Injectable } from '@nestjs/common';
import { type Insertable, type Kysely, type Selectable, sql, type Updateable } from 'kysely';
import type { PageEnd } from '../database/page-cursor';
import type { WorkflowDatabase } from '../database/workflow-database';
import type { SchedulesTable } from './schedules.tables';

export type ScheduleRow = Selectable<SchedulesTable> & { workflow_name: string };

/** Whose schedules: all of the tenant's for its admins. */
export interface ScheduleFilter {
  ownerId?: string;
  workflowId?: string;
  after?: PageEnd;
  limit: number;
}

@Injectable()
export class SchedulesRepository {
  async list(
    db: Kysely<WorkflowDatabase>,
    { ownerId, workflowId, after, limit }: ScheduleFilter,
  ): Promise<ScheduleRow[]> {
    let query = this.named(db);
    if (ownerId !== undefined) query = query.where('s.owner_id', '=', ownerId);
    if (workflowId !== undefined) query = query.where('s.workflow_id', '=', workflowId);
    if (after) query = query.where(sql<boolean>`(s.created_at, s.id) < (${after.at}, ${after.id})`);
    return query.orderBy('s.created_at', 'desc').orderBy('s.id', 'desc').limit(limit).execute();
  }

  async find(db: Kysely<WorkflowDatabase>, id: string): Promise<ScheduleRow | undefined> {
    return this.named(db).where('s.id', '=', id).executeTakeFirst();
  }

  /** Keeps schedulers off it until the transaction ends; they take the clock first, too. */
  async lock(db: Kysely<WorkflowDatabase>, id: string): Promise<void> {
    await sql`SELECT FROM workflow.schedule_clock WHERE schedule_id = ${id} FOR UPDATE`.execute(db);
    await sql`SELECT FROM workflow.schedules WHERE id = ${id} FOR UPDATE`.execute(db);
  }

  async insert(db: Kysely<WorkflowDatabase>, row: Insertable<SchedulesTable>): Promise<void> {
    await db.insertInto('workflow.schedules').values(row).execute();
  }

  async change(db: Kysely<WorkflowDatabase>, id: string, change: Updateable<SchedulesTable>): Promise<void> {
    await db.updateTable('workflow.schedules').set(change).where('id', '=', id).execute();
  }

  /** Its instants and what was to be done about them go with it. */
  async remove(db: Kysely<WorkflowDatabase>, id: string): Promise<void> {
    await db.deleteFrom('workflow.schedules').where('id', '=', id).execute();
  }

  private named(db: Kysely<WorkflowDatabase>) {
    return db
      .selectFrom('workflow.schedules as s')
      .innerJoin('workflow.workflows as w', 'w.id', 's.workflow_id')
      .selectAll('s')
      .select('w.name as workflow_name');
  }
}
