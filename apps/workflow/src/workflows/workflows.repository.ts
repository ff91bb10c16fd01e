import { Injectable } from '@nestjs/common';
import { sql, type Insertable, type Kysely, type RawBuilder, type Selectable } from 'kysely';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { RunStatus } from '@snowflow/contracts/runs/run-state';
import type { WorkflowAccessLevel } from '@snowflow/contracts/workflow/sharing.dto';
import type { PageEnd } from '../database/page-cursor';
import type { WorkflowDatabase, WorkflowsTable } from '../database/workflow-database';
import { accessTo, type LeastAccess, type Viewer, visibleTo } from '../sharing/visible-workflows.sql';

export type { Owner } from '../sharing/visible-workflows.sql';

export type WorkflowRow = Selectable<WorkflowsTable>;
/** A workflow as a person finds it, with what they may do with it. */
export type WorkflowFound = WorkflowRow & { access: WorkflowAccessLevel };
export type WorkflowListed = WorkflowFound & {
  is_shared: boolean;
  run_id: string | null;
  run_status: RunStatus | null;
  run_created_at: Date | null;
};

/** A revision as it is saved. */
export interface NewRevision {
  tenantId: string;
  workflowId: string;
  revision: number;
  hash: string;
  message?: string;
  author: { id: string; name: string };
}

/** A revision of a workflow, or without a number the latest, or the published one as long as there is one. */
export interface NamedRevision {
  id: string;
  revision: number | null;
  without: 'latest' | 'published';
}

export interface SavedDocument {
  revision: number;
  definition: WorkflowDocument;
}

/** Which workflows a page shows, and where it begins. */
export interface WorkflowsPage {
  search?: string;
  tag?: string;
  /** `visible`: owned and shared; `trash`: one's own in the trash; `all`: everybody's of the tenant. */
  of: 'visible' | 'trash' | 'all';
  after?: PageEnd;
  limit: number;
}

@Injectable()
export class WorkflowsRepository {
  /** One that the person may do so much with; `lock` keeps other saves of it waiting until this transaction ends. */
  async find(
    db: Kysely<WorkflowDatabase>,
    viewer: Viewer,
    id: string,
    { lock = false, least = 'own' }: { lock?: boolean; least?: LeastAccess } = {},
  ): Promise<WorkflowFound | undefined> {
    const query = db
      .selectFrom('workflow.workflows as w')
      .selectAll('w')
      .select(accessTo(viewer).as('access'))
      .where('w.id', '=', id)
      .where(visibleTo(viewer, least));
    return (lock ? query.forUpdate() : query).executeTakeFirst();
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

  /** A saved document that the person may do so much with. */
  saved(viewer: Viewer, { id, revision, without }: NamedRevision, least: LeastAccess): RawBuilder<SavedDocument> {
    const otherwise = without === 'published' ? sql`coalesce(w.published, w.revision)` : sql`w.revision`;
    return sql`
      SELECT r.revision, r.definition
      FROM workflow.workflows w
      JOIN workflow.revisions r ON r.workflow_id = w.id AND r.revision = coalesce(${revision}::integer, ${otherwise})
      WHERE w.id = ${id} AND ${visibleTo(viewer, least)}`;
  }

  /** The workflows that a person sees whose latest document has all of these texts in it, last changed first. */
  naming(
    viewer: Viewer,
    texts: readonly string[],
    atMost: number,
  ): RawBuilder<{ id: string; name: string; revision: number; definition: WorkflowDocument }> {
    const has = texts.map((text) => sql`strpos(upper(r.definition::text), upper(${text})) > 0`);
    return sql`
      SELECT w.id, w.name, r.revision, r.definition
      FROM workflow.workflows w
      JOIN workflow.revisions r ON r.workflow_id = w.id AND r.revision = w.revision
      WHERE ${visibleTo(viewer, 'view')} AND ${sql.join(has, sql` AND `)}
      ORDER BY w.updated_at DESC
      LIMIT ${atMost}`;
  }

  async list(db: Kysely<WorkflowDatabase>, viewer: Viewer, page: WorkflowsPage): Promise<WorkflowListed[]> {
    let query = db
      .selectFrom('workflow.workflows as w')
      .leftJoinLateral(
        (eb) =>
          eb
            .selectFrom('workflow.runs as r')
            .select(['r.id as run_id', 'r.status as run_status', 'r.created_at as run_created_at'])
            .whereRef('r.workflow_id', '=', 'w.id')
            .where('r.owner_id', '=', viewer.userId)
            .orderBy('r.created_at', 'desc')
            .limit(1)
            .as('last_run'),
        (join) => join.onTrue(),
      )
      .selectAll('w')
      .select(['last_run.run_id', 'last_run.run_status', 'last_run.run_created_at'])
      .select([accessTo(viewer).as('access'), IS_SHARED.as('is_shared')])
      .where(listed(viewer, page.of));
    if (page.tag) query = query.where(sql<boolean>`${page.tag} = ANY(w.tags)`);
    if (page.search) query = query.where(sql<boolean>`strpos(lower(w.name), lower(${page.search})) > 0`);
    if (page.after) query = query.where(sql<boolean>`(w.updated_at, w.id) < (${page.after.at}, ${page.after.id})`);
    return query.orderBy('w.updated_at', 'desc').orderBy('w.id', 'desc').limit(page.limit).execute();
  }

  /** The names of the person's own workflows, so that an import takes none of them again. */
  async namesOf(db: Kysely<WorkflowDatabase>, { userId }: Pick<Viewer, 'userId'>): Promise<Set<string>> {
    const rows = await db.selectFrom('workflow.workflows').select('name').where('owner_id', '=', userId).execute();
    return new Set(rows.map(({ name }) => name));
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

  async addRevision(db: Kysely<WorkflowDatabase>, revision: NewRevision, definition: WorkflowDocument): Promise<void> {
    await db
      .insertInto('workflow.revisions')
      .values({
        tenant_id: revision.tenantId,
        workflow_id: revision.workflowId,
        revision: revision.revision,
        definition: JSON.stringify(definition),
        definition_hash: revision.hash,
        message: revision.message ?? null,
        author_id: revision.author.id,
        author_name: revision.author.name,
      })
      .execute();
  }
}

const IS_SHARED = sql<boolean>`EXISTS (SELECT 1 FROM workflow.shares share WHERE share.workflow_id = w.id)`;

function listed(viewer: Viewer, of: WorkflowsPage['of']): RawBuilder<boolean> {
  if (of === 'visible') return visibleTo(viewer, 'view');
  if (of === 'all') return sql<boolean>`w.trashed_at IS NULL`;
  return sql<boolean>`(w.trashed_at IS NOT NULL AND w.owner_id = ${viewer.userId})`;
}
