import { Injectable } from '@nestjs/common';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import type { ConsentRequest } from '@snowflow/contracts/workflow/consent.dto';
import { currentPerson } from '@snowflow/transport/request-scope';
import { ChangeLog } from '../audit/change-log';
import { WorkflowStore } from '../database/workflow-store';
import { CurrentSession } from '../validation/current-session';
import { RequestedDocument } from '../workflows/requested-document';
import { ConsentsRepository } from './consents.repository';

/** Remembers what a person agreed to run although somebody else wrote it. */
@Injectable()
export class ConsentsService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly session: CurrentSession,
    private readonly documents: RequestedDocument,
    private readonly consents: ConsentsRepository,
    private readonly changes: ChangeLog,
  ) {}

  /** It counts for this summary only: where the revision would do something else by then, it is asked anew. */
  async consent({ id, revision, summaryHash }: ConsentRequest): Promise<Done> {
    const person = currentPerson();
    const session = await this.session.requireBuilder();
    const { document } = await this.documents.of(person, { workflowId: id, revision }, undefined);
    await this.store.transaction(person.tenantId, async (db) => {
      if (!(await this.consents.insert(db, person, { workflowId: id, revision, summaryHash }))) return;
      await this.changes.byPerson(db, session, {
        action: 'consent.given',
        object: { kind: 'workflow', id, name: document.name },
        after: { revision, summaryHash },
      });
    });
    return { done: true };
  }
}
