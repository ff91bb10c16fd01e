import { Injectable } from '@nestjs/common';
import type { ShareView } from '@snowflow/contracts/workflow/sharing.dto';
import { sql, type Kysely } from 'kysely';
import type { WorkflowDatabase } from '../database/workflow-database';

/** A share with what persons are looked up by. */
export interface StoredShare extends ShareView {
  subject: string;
}

/** With whom workflows are shared, what they are tagged with and whose they are. */
@Injectable()
export class SharesRepository {
  async list(db: Kysely<WorkflowDatabase>, workflowId: string): Promise<ShareView[]> {
    return db
      .selectFrom('workflow.shares')
      .select(['shared_with as to', 'access', 'details'])
      .where('workflow_id', '=', workflowId)
      .orderBy('shared_with')
      .execute();
  }

  async replace(
    db: Kysely<WorkflowDatabase>,
    tenantId: string,
    workflowId: string,
    shares: readonly StoredShare[],
  ): Promise<void> {
    await db.deleteFrom('workflow.shares').where('workflow_id', '=', workflowId).execute();
    if (shares.length === 0) return;
    const rows = shares.map(({ to, subject, access, details }) => ({
      tenant_id: tenantId,
      workflow_id: workflowId,
      shared_with: to,
      subject,
      access,
      details,
    }));
    await db.insertInto('workflow.shares').values(rows).execute();
  }

  async tag(db: Kysely<WorkflowDatabase>, id: string, tags: string[]): Promise<void> {
    await db.updateTable('workflow.workflows').set({ tags }).where('id', '=', id).execute();
  }

  /**
   * The new owner needs no share of it any more, and nobody sees details of runs because the old one said so. A revision from before
   * authors were noted stays the old owner's work.
   */
  async transfer(db: Kysely<WorkflowDatabase>, id: string, owner: { id: string; name: string }): Promise<void> {
    await sql`
      UPDATE workflow.revisions r SET author_id = w.owner_id, author_name = w.owner_name
      FROM workflow.workflows w WHERE w.id = r.workflow_id AND w.id = ${id} AND r.author_id IS NULL`.execute(db);
    await db
      .updateTable('workflow.workflows')
      .set({
        owner_id: owner.id,
        owner_name: owner.name,
        created_by: sql<string>`coalesce(created_by, owner_name)`,
      })
      .where('id', '=', id)
      .execute();
    await db.deleteFrom('workflow.shares').where('workflow_id', '=', id).where('subject', '=', owner.id).execute();
    await db.updateTable('workflow.shares').set({ details: false }).where('workflow_id', '=', id).execute();
  }

  /** Whosever it is: for admins, who may give it to somebody else. */
  async nameOf(db: Kysely<WorkflowDatabase>, id: string): Promise<{ name: string; owner_name: string } | undefined> {
    return db
      .selectFrom('workflow.workflows')
      .select(['name', 'owner_name'])
      .where('id', '=', id)
      .where('trashed_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
  }
}
