import { Injectable } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { CallLimits } from '@snowflow/contracts/published/call-limits.dto';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import type { PublicationView, SavePublicationRequest } from '@snowflow/contracts/workflow/publication.dto';
import { currentPerson } from '@snowflow/transport/request-scope';
import type { Kysely } from 'kysely';
import { ChangeLog } from '../audit/change-log';
import { workflowNotFound } from '../database/not-found';
import type { WorkflowDatabase } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';
import { PublishApprovals } from '../publish-approvals/publish-approvals';
import { type PinnedRevision, PinnedRevisionsRepository } from '../unattended/pinned-revisions.repository';
import { CurrentSession } from '../validation/current-session';
import { WorkflowsRepository } from '../workflows/workflows.repository';
import { type PublicationRow, PublicationsRepository } from './publications.repository';
import { assertSlug } from './slug';

/** Workflows as an API: each owner publishes their own, one publication for each workflow. */
@Injectable()
export class PublicationsService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly workflows: WorkflowsRepository,
    private readonly publications: PublicationsRepository,
    private readonly revisions: PinnedRevisionsRepository,
    private readonly approvals: PublishApprovals,
    private readonly session: CurrentSession,
    private readonly changes: ChangeLog,
  ) {}

  async get(workflowId: string): Promise<PublicationView> {
    const person = currentPerson();
    const row = await this.store.transaction(person.tenantId, async (db) => {
      await this.assertOwn(db, workflowId);
      return this.publications.find(db, workflowId);
    });
    if (!row) throw notPublished();
    const pinned = await this.revisions.find(person.tenantId, workflowId, row.revision);
    if (!pinned) throw notPublished();
    return viewOf(row, pinned);
  }

  async save({ id: workflowId, ...body }: SavePublicationRequest): Promise<PublicationView> {
    const person = currentPerson();
    const session = await this.session.requireBuilder();
    assertSlug(body.slug);
    await this.store.transaction(person.tenantId, (db) => this.assertOwn(db, workflowId));
    const pinned = await this.revisions.find(person.tenantId, workflowId, body.revision);
    if (!pinned) throw noRevision(body.revision);
    assertAnswers(pinned.document);
    const row = await this.store.transaction(person.tenantId, async (db) => {
      await this.assertOwn(db, workflowId);
      await this.approvals.assertApproved(db, person.tenantId, { workflowId, revision: body.revision });
      if (await this.publications.holder(db, person.tenantId, body.slug, workflowId)) throw slugTaken(body.slug);
      const before = await this.publications.find(db, workflowId);
      const at = {
        tenantId: person.tenantId,
        id: before?.id ?? newId('pub'),
        workflowId,
        publishedBy: session.username,
      };
      const saved = await this.publications.save(db, at, body, limitsOf(body.limits));
      await this.changes.byPerson(db, session, {
        action: 'publication.changed',
        object: { kind: 'publication', id: saved.id, name: saved.slug },
        ...(before ? { before: toldOf(before) } : {}),
        after: toldOf(saved),
      });
      return saved;
    });
    return viewOf(row, pinned);
  }

  async remove(workflowId: string): Promise<Done> {
    const person = currentPerson();
    const session = await this.session.requireBuilder();
    await this.store.transaction(person.tenantId, async (db) => {
      await this.assertOwn(db, workflowId);
      const before = await this.publications.find(db, workflowId);
      if (!before) throw notPublished();
      await this.publications.remove(db, workflowId);
      await this.changes.byPerson(db, session, {
        action: 'publication.removed',
        object: { kind: 'publication', id: before.id, name: before.slug },
        before: toldOf(before),
      });
    });
    return { done: true };
  }

  private async assertOwn(db: Kysely<WorkflowDatabase>, workflowId: string): Promise<void> {
    if (!(await this.workflows.find(db, currentPerson(), workflowId, { lock: true }))) throw workflowNotFound();
  }
}

function viewOf(row: PublicationRow, { name, hash }: PinnedRevision): PublicationView {
  return {
    ...toldOf(row),
    id: row.id,
    workflowId: row.workflow_id,
    name,
    revisionHash: hash,
    limits: row.limits,
    publishedBy: row.published_by,
    updatedAt: row.updated_at.toISOString(),
  };
}

function toldOf(row: PublicationRow) {
  const { slug, revision, role, warehouse, mode, enabled, limits } = row;
  return { slug, revision, credentialId: row.credential_id, role, warehouse, mode, enabled, limits };
}

const limitsOf = (limits: CallLimits = {}): CallLimits => ({
  callsPerMinute: limits.callsPerMinute ?? null,
  callsPerDay: limits.callsPerDay ?? null,
  statementsPerDay: limits.statementsPerDay ?? null,
  bytesPerDay: limits.bytesPerDay ?? null,
  tokensPerDay: limits.tokensPerDay ?? null,
});

function assertAnswers({ nodes }: WorkflowDocument): void {
  if (nodes.some(({ type, disabled }) => type === 'output.response' && !disabled)) return;
  const message = 'This revision has no Response node, so it would answer nothing. Add one and save.';
  throw new AppError('VALIDATION', message, { errors: [{ path: 'revision', message }] });
}

function noRevision(revision: number): AppError {
  const message = `The workflow has no revision ${revision}.`;
  return new AppError('VALIDATION', message, { errors: [{ path: 'revision', message }] });
}

function slugTaken(slug: string): AppError {
  const message = `Another workflow is published as “${slug}”. Choose another slug.`;
  return new AppError('SLUG_TAKEN', message, { errors: [{ path: 'slug', message }] });
}

function notPublished(): AppError {
  return new AppError('NOT_FOUND', 'The workflow is not published.');
}
