import { Injectable } from '@nestjs/common';
import { type AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type { NewOwnerRequest, OwnerView } from '@snowflow/contracts/workflow/sharing.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { Kysely } from 'kysely';
import { ChangeLog } from '../audit/change-log';
import { workflowNotFound } from '../database/not-found';
import type { WorkflowDatabase } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';
import { CurrentSession } from '../validation/current-session';
import { SharesRepository } from './shares.repository';
import { UnattendedUsesRepository } from './unattended-uses.repository';
import { WorkflowAccess } from './workflow-access';

/** Gives workflows to somebody else of the tenant: their owners do, and admins, who need not see them for it. */
@Injectable()
export class OwnershipService {
  constructor(
    @InjectClient(authContract) private readonly auth: AuthClient,
    private readonly store: WorkflowStore,
    private readonly access: WorkflowAccess,
    private readonly repository: SharesRepository,
    private readonly unattended: UnattendedUsesRepository,
    private readonly session: CurrentSession,
    private readonly changes: ChangeLog,
  ) {}

  /**
   * What ran it in the old owner's name and with their credential stops: they see it no more, and the new owner has to answer for it with
   * their own.
   */
  async transfer({ id, username: written }: NewOwnerRequest): Promise<OwnerView> {
    const session = await this.session.requireBuilder();
    await this.store.transaction(session.tenantId, (db) => this.ownedBy(db, session, id));
    const { userId, username, appRole } = await this.auth.colleague({ username: written });
    if (appRole === 'viewer') throw unfit(`${username} is a viewer, and viewers own no workflows. Name a builder.`);
    await this.store.transaction(session.tenantId, async (db) => {
      const { name, owner_name: before } = await this.ownedBy(db, session, id);
      if (before === username) throw unfit(`${username} owns it already.`);
      await this.repository.transfer(db, id, { id: userId, name: username });
      const stopped = await this.unattended.stop(db, id, givenAway(username));
      await this.changes.byPerson(db, session, {
        action: 'workflow.transferred',
        object: { kind: 'workflow', id, name },
        before: { owner: before },
        after: { owner: username, stopped },
      });
    });
    return { id, owner: username };
  }

  private async ownedBy(db: Kysely<WorkflowDatabase>, session: SessionRecord, id: string) {
    if (session.appRole === 'builder') return this.access.require(db, session, id, 'own', { lock: true });
    const row = await this.repository.nameOf(db, id);
    if (!row) throw workflowNotFound();
    return row;
  }
}

const givenAway = (username: string) => ({
  code: 'TRANSFERRED',
  reason: `The workflow is ${username}'s now, who may schedule it with a credential of their own.`,
});

const unfit = (message: string) =>
  new AppError('VALIDATION', message, {
    errors: [{ path: 'username', message: 'Name another builder of the tenant' }],
  });
