import { Injectable } from '@nestjs/common';
import { sql, type Insertable, type Kysely, type RawBuilder, type Selectable } from 'kysely';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { RunStatus } from '@snowflow/contracts/runs/run-state';
import type { PageEnd } from '../database/page-cursor';
import type { WorkflowDatabase, WorkflowsTable } from '../database/workflow-database';

export type WorkflowRow = Selectable<WorkflowsTable>;
export type WorkflowListed = WorkflowRow & {
  run_id: string | null;
  run_status: RunStatus | null;
  run_created_at: Date | null;
};

/** Whose workflows: every query is within one tenant's transaction and names the owner besides. */
export interface Owner {
  tenantId: string;
  userId: string;
}

@Injectable()
export class WorkflowsRepository {
  /** `lock` keeps other saves of it waiting until this transaction ends. */
  async find(
    db: Kysely<WorkflowDatabase>,
    owner: Owner,
    id: string,
    options: { lock?: boolean } = {},
  ): Promise<WorkflowRow | undefined> {
    const query = db
      .selectFrom('workflow.workflows')
      .selectAll()
      .where('id', '=', id)
      .where('owner_id', '=', owner.userId);
    return (options.lock ? query.forUpdate() : query).executeTakeFirst();
  }

  async definition(db: Kysely<WorkflowDatabase>, id: string, revision: number): Promise<WorkflowDocument | undefined> {
    const row = await db
      .selectFrom('workflow.revisions')
      .select('definition')
      .where('workflow_id', '=', id)
      .where('revision', '=', revision)
      .executeTakeFirst();
    return row?.definition;
  }

  /** A saved document: that of the revision, or the latest. */
  saved(
    owner: Owner,
    id: string,
    revision: number | null,
  ): RawBuilder<{ revision: number; definition: WorkflowDocument }> {
    return sql`
      SELECT r.revision, r.definition
      FROM workflow.workflows w
      JOIN workflow.revisions r ON r.workflow_id = w.id AND r.revision = coalesce(${revision}::integer, w.revision)
      WHERE w.id = ${id} AND w.owner_id = ${owner.userId}`;
  }

  /** The owner's workflows whose latest document has all of these texts in it, last changed first. */
  naming(
    owner: Owner,
    texts: readonly string[],
    atMost: number,
  ): RawBuilder<{ id: string; name: string; revision: number; definition: WorkflowDocument }> {
    const has = texts.map((text) => sql`strpos(upper(r.definition::text), upper(${text})) > 0`);
    return sql`
      SELECT w.id, w.name, r.revision, r.definition
      FROM workflow.workflows w
      JOIN workflow.revisions r ON r.workflow_id = w.id AND r.revision = w.revision
      WHERE w.owner_id = ${owner.userId} AND ${sql.join(has, sql` AND `)}
      ORDER BY w.updated_at DESC
      LIMIT ${atMost}`;
  }

  async list(
    db: Kysely<WorkflowDatabase>,
    owner: Owner,
    page: { search?: string; after?: PageEnd; limit: number },
  ): Promise<WorkflowListed[]> {
    let query = db
      .selectFrom('workflow.workflows as w')
      .leftJoinLateral(
        (eb) =>
          eb
            .selectFrom('workflow.runs as r')
            .select(['r.id as run_id', 'r.status as run_status', 'r.created_at as run_created_at'])
            .whereRef('r.workflow_id', '=', 'w.id')
            .where('r.owner_id', '=', owner.userId)
            .orderBy('r.created_at', 'desc')
            .limit(1)
            .as('last_run'),
        (join) => join.onTrue(),
      )
      .selectAll('w')
      .select(['last_run.run_id', 'last_run.run_status', 'last_run.run_created_at'])
      .where('w.owner_id', '=', owner.userId);
    if (page.search) query = query.where(sql<boolean>`strpos(lower(w.name), lower(${page.search})) > 0`);
    if (page.after) query = query.where(sql<boolean>`(w.updated_at, w.id) < (${page.after.at}, ${page.after.id})`);
    return query.orderBy('w.updated_at', 'desc').orderBy('w.id', 'desc').limit(page.limit).execute();
  }

  async insert(db: Kysely<WorkflowDatabase>, row: Insertable<WorkflowsTable>): Promise<Date> {
    const { updated_at } = await db
      .insertInto('workflow.workflows')
      .values(row)
      .returning('updated_at')
      .executeTakeFirstOrThrow();
    return updated_at;
  }

  async change(
    db: Kysely<WorkflowDatabase>,
    id: string,
    change: Pick<WorkflowRow, 'name' | 'revision' | 'definition_hash' | 'node_count'>,
  ): Promise<Date> {
    const { updated_at } = await db
      .updateTable('workflow.workflows')
      .set({ ...change, updated_at: sql<Date>`now()` })
      .where('id', '=', id)
      .returning('updated_at')
      .executeTakeFirstOrThrow();
    return updated_at;
  }

  async addRevision(
    db: Kysely<WorkflowDatabase>,
    revision: { tenantId: string; workflowId: string; revision: number; hash: string; message?: string },
    definition: WorkflowDocument,
  ): Promise<void> {
    await db
      .insertInto('workflow.revisions')
      .values({
        tenant_id: revision.tenantId,
        workflow_id: revision.workflowId,
        revision: revision.revision,
        definition: JSON.stringify(definition),
        definition_hash: revision.hash,
        message: revision.message ?? null,
      })
      .execute();
  }

  /** Its runs stay in the history. Answers false where there was none. */
  async remove(db: Kysely<WorkflowDatabase>, owner: Owner, id: string): Promise<boolean> {
    const result = await db
      .deleteFrom('workflow.workflows')
      .where('id', '=', id)
      .where('owner_id', '=', owner.userId)
      .executeTakeFirst();
    return result.numDeletedRows > 0n;
  }
}
