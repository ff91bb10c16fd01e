import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import type { RemoveRequest } from '@snowflow/contracts/workflow/sharing.dto';
import { ChangeLog } from '../audit/change-log';
import { WorkflowStore } from '../database/workflow-store';
import { WorkflowAccess } from '../sharing/workflow-access';
import { CurrentSession } from '../validation/current-session';
import { TrashRepository } from './trash.repository';

/** What its owner removed: it can't be seen, run or called, and comes back as it was until it is removed for good. */
@Injectable()
export class TrashService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly access: WorkflowAccess,
    private readonly trash: TrashRepository,
    private readonly session: CurrentSession,
    private readonly changes: ChangeLog,
  ) {}

  async remove({ id, forever }: RemoveRequest): Promise<Done> {
    return forever === 'true' ? this.removeForever(id) : this.put(id);
  }

  async restore(id: string): Promise<Done> {
    const session = await this.session.requireBuilder();
    await this.store.transaction(session.tenantId, async (db) => {
      const row = await this.trash.restore(db, session, id);
      if (!row) throw notInTrash();
      await this.changes.byPerson(db, session, {
        action: 'workflow.restored',
        object: { kind: 'workflow', id, name: row.name },
        after: { revision: row.revision },
      });
    });
    return { done: true };
  }

  private async put(id: string): Promise<Done> {
    const session = await this.session.requireBuilder();
    await this.store.transaction(session.tenantId, async (db) => {
      const { name, revision } = await this.access.require(db, session, id, 'own', { lock: true });
      await this.trash.put(db, id);
      await this.changes.byPerson(db, session, {
        action: 'workflow.trashed',
        object: { kind: 'workflow', id, name },
        before: { revision },
      });
    });
    return { done: true };
  }

  private async removeForever(id: string): Promise<Done> {
    const session = await this.session.requireBuilder();
    await this.store.transaction(session.tenantId, async (db) => {
      const row = await this.trash.remove(db, session, id);
      if (!row) {
        await this.access.require(db, session, id, 'own');
        throw new AppError('VALIDATION', 'Only what is in the trash is removed for good. Move it there first.', {
          errors: [{ path: 'forever', message: 'The workflow is not in the trash' }],
        });
      }
      await this.changes.byPerson(db, session, {
        action: 'workflow.deleted',
        object: { kind: 'workflow', id, name: row.name },
        before: { revision: row.revision },
      });
    });
    return { done: true };
  }
}

function notInTrash(): AppError {
  return new AppError('NOT_FOUND', 'There is no such workflow in your trash.');
}
