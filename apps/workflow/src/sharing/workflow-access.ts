import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { WORKFLOW_ACCESS } from '@snowflow/contracts/workflow/sharing.dto';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { currentContext } from '@snowflow/transport/request-scope';
import { sql, type Kysely } from 'kysely';
import { runNotFound, workflowNotFound } from '../database/not-found';
import type { WorkflowDatabase } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';
import {
  type NamedRevision,
  type SavedDocument,
  type WorkflowFound,
  WorkflowsRepository,
} from '../workflows/workflows.repository';
import { type LeastAccess, type Owner, type Viewer, visibleRun } from './visible-workflows.sql';

/** Decides what a person may do with a workflow: what they don't see is not found, what they see but may not do is forbidden. */
@Injectable()
export class WorkflowAccess {
  constructor(
    private readonly store: WorkflowStore,
    private readonly workflows: WorkflowsRepository,
    private readonly sessions: SessionStore,
  ) {}

  /** The person with their role in the tenant, which some things are shared with. */
  async viewer(owner: Owner): Promise<Viewer> {
    const { sessionId } = currentContext();
    const session = sessionId === undefined ? undefined : await this.sessions.find(sessionId);
    return session?.userId === owner.userId ? { ...owner, appRole: session.appRole } : owner;
  }

  async require(
    db: Kysely<WorkflowDatabase>,
    viewer: Viewer,
    id: string,
    least: LeastAccess,
    options: { lock?: boolean } = {},
  ): Promise<WorkflowFound> {
    const row = await this.workflows.find(db, viewer, id, { ...options, least: 'view' });
    if (!row) throw workflowNotFound();
    if (WORKFLOW_ACCESS.indexOf(row.access) >= WORKFLOW_ACCESS.indexOf(least)) return row;
    throw notShared(row.owner_name, least);
  }

  /** A saved document, or why the person may not have it. */
  async saved(owner: Owner, id: string, revision: number | null, least: LeastAccess): Promise<SavedDocument> {
    const saved = await this.lookUp(owner, { id, revision, without: 'latest' }, least);
    if (saved) return saved;
    await this.assert(owner, id, least);
    throw workflowNotFound();
  }

  /** Throws why the person may not do so much with it now. */
  async assert(owner: Owner, id: string, least: LeastAccess): Promise<void> {
    const viewer = await this.viewer(owner);
    await this.store.transaction(owner.tenantId, (db) => this.require(db, viewer, id, least));
  }

  /** A saved document, if there is one for the person. The role is looked up only where what is everybody's or one's own does not suffice. */
  async lookUp(owner: Owner, named: NamedRevision, least: LeastAccess): Promise<SavedDocument | undefined> {
    const [own] = await this.store.statement(owner.tenantId, this.workflows.saved(owner, named, least));
    if (own) return own;
    const viewer = await this.viewer(owner);
    const [shared] = await this.store.statement(owner.tenantId, this.workflows.saved(viewer, named, least));
    return shared;
  }

  /** Why somebody may not do with a run what only its runner may: it is not there, or it is another's. */
  async notTheirs(owner: Owner, runId: string): Promise<AppError> {
    const viewer = await this.viewer(owner);
    const [seen] = await this.store.statement(
      owner.tenantId,
      sql`SELECT 1 FROM workflow.runs run WHERE run.id = ${runId} AND ${visibleRun(viewer)}`,
    );
    if (!seen) return runNotFound();
    return new AppError(
      'FORBIDDEN',
      'This is somebody else’s run. Only who started it may do that; run the workflow yourself.',
    );
  }
}

const WANTED = { view: 'see', run: 'run', edit: 'change', own: 'do this with' } as const;

function notShared(owner: string, least: LeastAccess): AppError {
  return new AppError(
    'FORBIDDEN',
    least === 'own'
      ? `Only ${owner}, who owns this workflow, may do that. Ask them.`
      : `This workflow is not shared with you so that you may ${WANTED[least]} it. Ask ${owner}, who owns it.`,
  );
}
