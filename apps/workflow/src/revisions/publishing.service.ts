import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ChosenRevisionRequest, PublishedView } from '@snowflow/contracts/workflow/revisions.dto';
import type { SaveReply } from '@snowflow/contracts/workflow/workflow.dto';
import { ChangeLog } from '../audit/change-log';
import { WorkflowStore } from '../database/workflow-store';
import { WorkflowAccess } from '../sharing/workflow-access';
import { CurrentSession } from '../validation/current-session';
import { ValidationService } from '../validation/validation.service';
import { WorkflowsRepository } from '../workflows/workflows.repository';
import { PublishApprovals } from '../publish-approvals/publish-approvals';
import { RevisionsRepository } from './revisions.repository';
import { revisionNotFound } from './revisions.service';

/** Which revision counts as published, and the way back to an old one. Neither ever touches what was saved. */
@Injectable()
export class PublishingService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly access: WorkflowAccess,
    private readonly workflows: WorkflowsRepository,
    private readonly revisions: RevisionsRepository,
    private readonly validation: ValidationService,
    private readonly approvals: PublishApprovals,
    private readonly session: CurrentSession,
    private readonly changes: ChangeLog,
  ) {}

  /** Only the owner does: what is published is run by schedules and keys in the owner's name. */
  async publish({ id, revision }: ChosenRevisionRequest): Promise<PublishedView> {
    const session = await this.session.requireBuilder();
    const document = await this.store.transaction(session.tenantId, async (db) => {
      await this.access.require(db, session, id, 'own');
      return this.workflows.definition(db, id, revision);
    });
    if (!document) throw revisionNotFound(revision);
    const { valid, problems } = await this.validation.validate(document);
    if (!valid) {
      throw new AppError('WORKFLOW_INVALID', `Revision ${revision} has problems, so it was not published.`, {
        extensions: { problems },
      });
    }
    const publishedAt = await this.store.transaction(session.tenantId, async (db) => {
      const { name, published } = await this.access.require(db, session, id, 'own', { lock: true });
      if (!(await this.revisions.find(db, id, revision))) throw revisionNotFound(revision);
      await this.approvals.assertApproved(db, session.tenantId, { workflowId: id, revision });
      const at = await this.revisions.publish(db, id, revision, session.username);
      await this.changes.byPerson(db, session, {
        action: 'workflow.published',
        object: { kind: 'workflow', id, name },
        before: { published },
        after: { published: revision },
      });
      return at;
    });
    return { id, published: revision, publishedAt: publishedAt.toISOString(), publishedBy: session.username };
  }

  /** The present draft stays as the revision it is, and has a name from now on, so that it is not thinned out. */
  async rollback({ id, revision }: ChosenRevisionRequest): Promise<SaveReply> {
    const session = await this.session.requireBuilder();
    const { tenantId, userId, username } = session;
    return this.store.transaction(tenantId, async (db) => {
      const row = await this.access.require(db, session, id, 'edit', { lock: true });
      const old = await this.revisions.find(db, id, revision);
      if (!old) throw revisionNotFound(revision);
      const hash = old.definition_hash;
      if (hash === row.definition_hash) {
        return { id, revision: row.revision, savedAt: row.updated_at.toISOString(), created: false };
      }
      const present = await this.revisions.find(db, id, row.revision);
      if (!present?.message) {
        await this.revisions.name(db, id, row.revision, `Before going back to revision ${revision}`);
      }
      const next = row.revision + 1;
      const author = { id: userId, name: username };
      const message = `Revision ${revision} again`;
      await this.workflows.addRevision(
        db,
        { tenantId, workflowId: id, revision: next, hash, message, author },
        old.definition,
      );
      const savedAt = await this.workflows.change(db, id, {
        name: old.definition.name,
        revision: next,
        definition_hash: hash,
        node_count: old.definition.nodes.length,
      });
      await this.changes.byPerson(db, session, {
        action: 'workflow.rolled-back',
        object: { kind: 'workflow', id, name: old.definition.name },
        before: { revision: row.revision },
        after: { revision: next, again: revision },
      });
      return { id, revision: next, savedAt: savedAt.toISOString(), created: false };
    });
  }
}
