import { Injectable } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import type { Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type { AskToPublish, DecidePublish, PublishRequestView } from '@snowflow/contracts/workflow/publish-request.dto';
import { currentPerson } from '@snowflow/transport/request-scope';
import { ChangeLog } from '../audit/change-log';
import { ConsentsRepository } from '../consent/consents.repository';
import { WorkflowStore } from '../database/workflow-store';
import { CurrentSession } from '../validation/current-session';
import { RequestedDocument } from '../workflows/requested-document';
import { type PublishRequestRow, PublishRequestsRepository } from './publish-requests.repository';

const MOST = 200;

/** Builders ask for a revision to be published; an owner or admin who did not write it decides. */
@Injectable()
export class PublishRequestsService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly session: CurrentSession,
    private readonly documents: RequestedDocument,
    private readonly requests: PublishRequestsRepository,
    private readonly authors: ConsentsRepository,
    private readonly changes: ChangeLog,
  ) {}

  async ask({ id: workflowId, revision }: AskToPublish): Promise<PublishRequestView> {
    const person = currentPerson();
    const session = await this.session.requireBuilder();
    const { document } = await this.documents.of(person, { workflowId, revision }, undefined);
    return this.store.transaction(person.tenantId, async (db) => {
      const asked = await this.requests.ask(db, {
        tenant_id: person.tenantId,
        id: newId('apr'),
        workflow_id: workflowId,
        workflow_name: document.name,
        revision,
        asked_by: person.userId,
        asked_by_name: session.username,
      });
      if (asked.isNew) await this.note(db, session, 'approval.requested', asked.row);
      return view(asked.row);
    });
  }

  /** Owners and admins see everybody's, others their own. */
  async list({ limit }: PageQuery): Promise<Page<PublishRequestView>> {
    const { tenantId, userId, appRole } = await this.session.require();
    const askedBy = appRole === 'owner' || appRole === 'admin' ? undefined : userId;
    const rows = await this.store.transaction(tenantId, (db) => this.requests.list(db, askedBy, limit ?? MOST));
    return { items: rows.map(view), nextCursor: null };
  }

  async decide({ requestId, decision, reason: given = '' }: DecidePublish): Promise<PublishRequestView> {
    const session = await this.session.requireAdmin('decide what is published');
    const { tenantId, userId, username } = session;
    const reason = given.trim() || null;
    return this.store.transaction(tenantId, async (db) => {
      const row = await this.requests.find(db, requestId);
      if (!row) throw new AppError('NOT_FOUND', 'There is no such request to publish. Look at the list.');
      if (row.decision !== null) {
        throw new AppError('APPROVAL_DECIDED', `${row.decided_by_name ?? 'Somebody'} has decided this already.`);
      }
      const query = this.authors.authorship({ tenantId, userId }, row.workflow_id, row.revision);
      const [authorship] = (await query.execute(db)).rows;
      if (row.asked_by === userId || authorship?.byOthers === false) {
        throw new AppError(
          'FORBIDDEN',
          'Nobody agrees to what they wrote or asked for themselves. Ask another owner or admin.',
        );
      }
      const decided = await this.requests.decide(db, requestId, { decision, reason }, username);
      await this.note(db, session, 'approval.decided', decided);
      return view(decided);
    });
  }

  private note(
    db: Parameters<ChangeLog['byPerson']>[0],
    session: SessionRecord,
    action: string,
    { id, workflow_id: workflowId, workflow_name: name, revision, decision, reason }: PublishRequestRow,
  ): Promise<void> {
    const after = { workflowId, revision, decision, ...(reason === null ? {} : { reason }) };
    return this.changes.byPerson(db, session, { action, object: { kind: 'publish-request', id, name }, after });
  }
}

function view(row: PublishRequestRow): PublishRequestView {
  return {
    id: row.id,
    workflowId: row.workflow_id,
    workflowName: row.workflow_name,
    revision: row.revision,
    askedBy: row.asked_by_name,
    askedAt: row.asked_at.toISOString(),
    decision: row.decision,
    reason: row.reason,
    decidedBy: row.decided_by_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
  };
}
