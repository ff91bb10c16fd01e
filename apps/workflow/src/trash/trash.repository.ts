import { Injectable } from '@nestjs/common';
import { sql, type Kysely } from 'kysely';
import type { WorkflowDatabase } from '../database/workflow-database';
import type { Owner } from '../sharing/visible-workflows.sql';

/** A workflow in the trash. */
export interface Trashed {
  name: string;
  revision: number;
}

@Injectable()
export class TrashRepository {
  async put(db: Kysely<WorkflowDatabase>, id: string): Promise<void> {
    await db
      .updateTable('workflow.workflows')
      .set({ trashed_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute();
  }

  /** Takes it out; nothing where the owner has no such workflow in the trash. */
  async restore(db: Kysely<WorkflowDatabase>, owner: Owner, id: string): Promise<Trashed | undefined> {
    return db
      .updateTable('workflow.workflows')
      .set({ trashed_at: null })
      .where('id', '=', id)
      .where('owner_id', '=', owner.userId)
      .where('trashed_at', 'is not', null)
      .returning(['name', 'revision'])
      .executeTakeFirst();
  }

  /** With its revisions and its slug, which another workflow may have then; its runs stay in the history. */
  async remove(db: Kysely<WorkflowDatabase>, owner: Owner, id: string): Promise<Trashed | undefined> {
    const removed = await db
      .deleteFrom('workflow.workflows')
      .where('id', '=', id)
      .where('owner_id', '=', owner.userId)
      .where('trashed_at', 'is not', null)
      .returning(['name', 'revision'])
      .executeTakeFirst();
    if (removed) await db.deleteFrom('workflow.publications').where('workflow_id', '=', id).execute();
    return removed;
  }
}
