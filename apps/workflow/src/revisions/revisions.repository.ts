import { Injectable } from '@nestjs/common';
import { sql, type Kysely } from 'kysely';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { PageEnd } from '../database/page-cursor';
import type { WorkflowDatabase } from '../database/workflow-database';

export interface RevisionRow {
  revision: number;
  message: string | null;
  author_name: string | null;
  created_at: Date;
  published_at: Date | null;
  published_by: string | null;
  definition_hash: string;
}

const SHOWN = [
  'revision',
  'message',
  'author_name',
  'created_at',
  'published_at',
  'published_by',
  'definition_hash',
] as const;

/** The revisions of a workflow; who may see them is decided before. */
@Injectable()
export class RevisionsRepository {
  /** The latest first. */
  async list(
    db: Kysely<WorkflowDatabase>,
    workflowId: string,
    page: { after?: PageEnd; limit: number },
  ): Promise<RevisionRow[]> {
    let query = db.selectFrom('workflow.revisions').select(SHOWN).where('workflow_id', '=', workflowId);
    if (page.after) query = query.where('revision', '<', Number(page.after.id));
    return query.orderBy('revision', 'desc').limit(page.limit).execute();
  }

  async find(
    db: Kysely<WorkflowDatabase>,
    workflowId: string,
    revision: number,
  ): Promise<(RevisionRow & { definition: WorkflowDocument }) | undefined> {
    return db
      .selectFrom('workflow.revisions')
      .select([...SHOWN, 'definition'])
      .where('workflow_id', '=', workflowId)
      .where('revision', '=', revision)
      .executeTakeFirst();
  }

  async name(db: Kysely<WorkflowDatabase>, workflowId: string, revision: number, name: string | null): Promise<void> {
    await db
      .updateTable('workflow.revisions')
      .set({ message: name })
      .where('workflow_id', '=', workflowId)
      .where('revision', '=', revision)
      .execute();
  }

  /** Answers when. */
  async publish(db: Kysely<WorkflowDatabase>, workflowId: string, revision: number, by: string): Promise<Date> {
    await db.updateTable('workflow.workflows').set({ published: revision }).where('id', '=', workflowId).execute();
    const { published_at } = await db
      .updateTable('workflow.revisions')
      .set({ published_at: sql<Date>`now()`, published_by: by })
      .where('workflow_id', '=', workflowId)
      .where('revision', '=', revision)
      .returning(sql<Date>`published_at`.as('published_at'))
      .executeTakeFirstOrThrow();
    return published_at;
  }
}
