import { Injectable } from '@nestjs/common';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type {
  DiffRequest,
  DiffView,
  NameRevisionRequest,
  RevisionDocumentView,
  RevisionId,
  RevisionsRequest,
  RevisionView,
} from '@snowflow/contracts/workflow/revisions.dto';
import { diffDocuments } from '@snowflow/engine/diff/diff-documents';
import { movedElements } from '@snowflow/engine/diff/moved-elements';
import { currentPerson } from '@snowflow/transport/request-scope';
import type { Kysely } from 'kysely';
import { ChangeLog } from '../audit/change-log';
import { DEFAULT_PAGE_SIZE, pageOf, parseCursor } from '../database/page-cursor';
import type { WorkflowDatabase } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';
import { WorkflowAccess } from '../sharing/workflow-access';
import { revisionHashOf } from '../unattended/pinned-revisions.repository';
import { CurrentSession } from '../validation/current-session';
import { type RevisionRow, RevisionsRepository } from './revisions.repository';

/** What was saved of a workflow. A revision never changes; it can be named. */
@Injectable()
export class RevisionsService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly access: WorkflowAccess,
    private readonly revisions: RevisionsRepository,
    private readonly session: CurrentSession,
    private readonly changes: ChangeLog,
  ) {}

  async list({ id, cursor, limit = DEFAULT_PAGE_SIZE }: RevisionsRequest): Promise<Page<RevisionView>> {
    const after = parseCursor(cursor, /^[1-9]\d{0,8}$/);
    return this.reading(id, async (db, published) => {
      const rows = await this.revisions.list(db, id, { after, limit: limit + 1 });
      const endOf = ({ created_at, revision }: RevisionRow) => ({ at: created_at, id: String(revision) });
      return pageOf(rows, limit, endOf, (row) => revisionView(row, published));
    });
  }

  async get({ id, revision }: RevisionId): Promise<RevisionDocumentView> {
    return this.reading(id, async (db, published) => {
      const row = await this.find(db, id, revision);
      return { ...revisionView(row, published), definition: row.definition };
    });
  }

  async diff({ id, a, b, moves }: DiffRequest): Promise<DiffView> {
    return this.reading(id, async (db) => {
      const [before, after] = [await this.find(db, id, a), await this.find(db, id, b)];
      const changes = diffDocuments(before.definition, after.definition);
      const moved = moves === 'true' ? movedElements(before.definition, after.definition) : [];
      return { from: a, to: b, changes: [...changes, ...moved] };
    });
  }

  async name({ id, revision, name }: NameRevisionRequest): Promise<RevisionView> {
    const session = await this.session.requireBuilder();
    const named = name?.trim() || null;
    return this.store.transaction(session.tenantId, async (db) => {
      const workflow = await this.access.require(db, session, id, 'edit', { lock: true });
      const row = await this.find(db, id, revision);
      await this.revisions.name(db, id, revision, named);
      await this.changes.byPerson(db, session, {
        action: 'workflow.revision-named',
        object: { kind: 'workflow', id, name: workflow.name },
        before: { revision, name: row.message },
        after: { revision, name: named },
      });
      return revisionView({ ...row, message: named }, workflow.published);
    });
  }

  private async reading<T>(
    id: string,
    work: (db: Kysely<WorkflowDatabase>, published: number | null) => Promise<T>,
  ): Promise<T> {
    const person = currentPerson();
    const viewer = await this.access.viewer(person);
    return this.store.transaction(person.tenantId, async (db) =>
      work(db, (await this.access.require(db, viewer, id, 'view')).published),
    );
  }

  private async find(db: Kysely<WorkflowDatabase>, id: string, revision: number) {
    const row = await this.revisions.find(db, id, revision);
    if (!row) throw revisionNotFound(revision);
    return row;
  }
}

function revisionView(row: RevisionRow, published: number | null): RevisionView {
  return {
    revision: row.revision,
    name: row.message,
    author: row.author_name,
    savedAt: row.created_at.toISOString(),
    published: row.revision === published,
    publishedAt: row.published_at?.toISOString() ?? null,
    publishedBy: row.published_by,
    hash: revisionHashOf(row.definition_hash),
  };
}

/** Unnamed ones are thinned out in time, so a number that was there may be gone. */
export function revisionNotFound(revision: number): AppError {
  return new AppError('NOT_FOUND', `There is no revision ${revision} of this workflow, or no longer.`);
}
