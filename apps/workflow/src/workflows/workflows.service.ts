import { Injectable } from '@nestjs/common';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { newId } from '@snowflow/contracts/documents/new-id';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type {
  SaveReply,
  SaveRequest,
  WorkflowsQuery,
  WorkflowSummaryView,
  WorkflowView,
} from '@snowflow/contracts/workflow/workflow.dto';
import { changedFields } from '@snowflow/platform/audit/changed-fields';
import { currentIdempotencyKey, currentPerson } from '@snowflow/transport/request-scope';
import type { Kysely } from 'kysely';
import { type Change, ChangeLog } from '../audit/change-log';
import { workflowNotFound } from '../database/not-found';
import { DEFAULT_PAGE_SIZE, pageOf, parseCursor } from '../database/page-cursor';
import type { WorkflowDatabase } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';
import { IdempotencyRepository } from '../idempotency/idempotency.repository';
import type { Viewer } from '../sharing/visible-workflows.sql';
import { WorkflowAccess } from '../sharing/workflow-access';
import { CurrentSession } from '../validation/current-session';
import { fingerprint } from './fingerprint';
import { parseDocument } from './parse-document';
import { type WorkflowListed, WorkflowsRepository } from './workflows.repository';

/** Who saves. */
interface Author extends Viewer {
  username: string;
}

/** Drafts and their revisions: their owner's, and those of whom they are shared with. */
@Injectable()
export class WorkflowsService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly workflows: WorkflowsRepository,
    private readonly idempotency: IdempotencyRepository,
    private readonly session: CurrentSession,
    private readonly access: WorkflowAccess,
    private readonly changes: ChangeLog,
  ) {}

  async save(request: SaveRequest): Promise<SaveReply> {
    const person = currentPerson();
    const session = await this.session.requireBuilder();
    const author = { ...person, appRole: session.appRole, username: session.username };
    const document = parseDocument(request.definition);
    const key = currentIdempotencyKey();
    return this.store.transaction(person.tenantId, async (db) => {
      const made: Change[] = [];
      const work = () =>
        request.id
          ? this.revise(db, author, { ...request, id: request.id }, document, made)
          : this.create(db, author, document, made, request.message);
      const keyed = key && { ...person, route: 'workflow.save', key, body: request };
      const reply = await (keyed ? this.idempotency.once(db, keyed, work) : work());
      for (const change of made) await this.changes.byPerson(db, session, change);
      return reply;
    });
  }

  async list(query: WorkflowsQuery): Promise<Page<WorkflowSummaryView>> {
    const person = currentPerson();
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const after = parseCursor(query.cursor);
    if (query.all === 'true') await this.session.requireAdmin('list what is not shared with them');
    const viewer = await this.access.viewer(person);
    const { search, tag } = query;
    const of = query.trash === 'true' ? 'trash' : query.all === 'true' ? 'all' : 'visible';
    const rows = await this.store.transaction(person.tenantId, (db) =>
      this.workflows.list(db, viewer, { search, tag, of, after, limit: limit + 1 }),
    );
    return pageOf(rows, limit, ({ updated_at, id }) => ({ at: updated_at, id }), summaryOf);
  }

  async get(id: string): Promise<WorkflowView> {
    const person = currentPerson();
    const viewer = await this.access.viewer(person);
    return this.store.transaction(person.tenantId, async (db) => {
      const row = await this.access.require(db, viewer, id, 'view');
      const definition = await this.workflows.definition(db, id, row.revision);
      if (!definition) throw workflowNotFound();
      return {
        id,
        name: row.name,
        revision: row.revision,
        published: row.published,
        definition,
        createdBy: row.created_by ?? row.owner_name,
        updatedAt: row.updated_at.toISOString(),
        owner: row.owner_name,
        access: row.access,
        tags: row.tags,
      };
    });
  }

  /** A new workflow of the session's person, in a transaction that does more and records what it did. */
  createIn(
    db: Kysely<WorkflowDatabase>,
    session: SessionRecord,
    document: WorkflowDocument,
    { id, message }: { id?: string; message?: string } = {},
  ): Promise<SaveReply> {
    return this.create(db, session, document, [], message, id);
  }

  private async create(
    db: Kysely<WorkflowDatabase>,
    owner: Author,
    document: WorkflowDocument,
    made: Change[],
    message?: string,
    id = newId('wf'),
  ): Promise<SaveReply> {
    const hash = fingerprint(document);
    const savedAt = await this.workflows.insert(db, {
      tenant_id: owner.tenantId,
      id,
      owner_id: owner.userId,
      owner_name: owner.username,
      name: document.name,
      revision: 1,
      published: null,
      definition_hash: hash,
      node_count: document.nodes.length,
    });
    await this.workflows.addRevision(
      db,
      { tenantId: owner.tenantId, workflowId: id, revision: 1, hash, message, author: authorOf(owner) },
      document,
    );
    const object = { kind: 'workflow', id, name: document.name };
    made.push({
      action: 'workflow.saved',
      object,
      after: { revision: 1, name: document.name, nodes: document.nodes.length },
    });
    return { id, revision: 1, savedAt: savedAt.toISOString(), created: true };
  }

  /** What is saved unchanged keeps its number, even when it was based on an older one: nothing would be lost. */
  private async revise(
    db: Kysely<WorkflowDatabase>,
    author: Author,
    request: SaveRequest & { id: string },
    document: WorkflowDocument,
    made: Change[],
  ): Promise<SaveReply> {
    const { id } = request;
    const row = await this.access.require(db, author, id, 'edit', { lock: true });
    const hash = fingerprint(document);
    if (row.definition_hash === hash) {
      return { id, revision: row.revision, savedAt: row.updated_at.toISOString(), created: false };
    }
    if (request.revision !== row.revision) {
      const definition = await this.workflows.definition(db, id, row.revision);
      throw new AppError(
        'REVISION_CONFLICT',
        `Revision ${row.revision} was saved meanwhile. Compare it with yours, then save on top of it.`,
        { extensions: { current: { revision: row.revision, definition } } },
      );
    }
    const revision = row.revision + 1;
    const { tenantId } = author;
    await this.workflows.addRevision(
      db,
      { tenantId, workflowId: id, revision, hash, message: request.message, author: authorOf(author) },
      document,
    );
    const savedAt = await this.workflows.change(db, id, {
      name: document.name,
      revision,
      definition_hash: hash,
      node_count: document.nodes.length,
    });
    made.push({
      action: 'workflow.saved',
      object: { kind: 'workflow', id, name: document.name },
      ...changedFields(
        { revision: row.revision, name: row.name, nodes: row.node_count },
        { revision, name: document.name, nodes: document.nodes.length },
      ),
    });
    return { id, revision, savedAt: savedAt.toISOString(), created: false };
  }
}

const authorOf = ({ userId, username }: Author) => ({ id: userId, name: username });

function summaryOf(row: WorkflowListed): WorkflowSummaryView {
  return {
    id: row.id,
    name: row.name,
    revision: row.revision,
    published: row.published,
    createdBy: row.created_by ?? row.owner_name,
    updatedAt: row.updated_at.toISOString(),
    nodeCount: row.node_count,
    owner: row.owner_name,
    access: row.access,
    shared: row.is_shared,
    tags: row.tags,
    trashedAt: row.trashed_at?.toISOString() ?? null,
    lastRun:
      row.run_id && row.run_status && row.run_created_at
        ? { id: row.run_id, status: row.run_status, at: row.run_created_at.toISOString() }
        : null,
  };
}
