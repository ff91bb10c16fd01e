import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { currentPerson } from '@snowflow/transport/request-scope';
import { WorkflowStore } from '../database/workflow-store';
import { IdempotencyRepository } from '../idempotency/idempotency.repository';
import { RunPlacesOfTenants } from '../queue/run-places';
import { RunWaker } from '../queue/run-waker';
import { RunPlanning } from '../runs/run-planning';
import { refuseExcess } from '../workflows/parse-document';
import { RunsRepository } from '../runs/runs.repository';
import { sealPlan } from '../runs/sealed-run';
import { SEALER } from '../sealer';
import { type PinnedRevision, PinnedRevisionsRepository } from './pinned-revisions.repository';
import type { UnattendedOrder, UnattendedRun } from './unattended-order';
import { UnattendedSessions } from './unattended-sessions';

type Started = Omit<UnattendedRun, 'isRepeat'>;

/**
 * Starts durable runs with nobody signed in: by a stored credential whose owner approved this revision, role and warehouse. The run is
 * the owner's. Its Snowflake session closes after it.
 */
@Injectable()
export class UnattendedRuns {
  constructor(
    private readonly store: WorkflowStore,
    private readonly revisions: PinnedRevisionsRepository,
    private readonly sessions: UnattendedSessions,
    private readonly idempotency: IdempotencyRepository,
    private readonly planning: RunPlanning,
    private readonly runs: RunsRepository,
    private readonly places: RunPlacesOfTenants,
    private readonly waker: RunWaker,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  /**
   * Throws NOT_FOUND where the revision is gone, CREDENTIAL_UNUSABLE and what Snowflake refuses a sign-in with, WORKFLOW_INVALID,
   * POLICY_DENIED, VALIDATION for parameters and IDEMPOTENCY_MISMATCH; nothing was started then.
   */
  async start(order: UnattendedOrder): Promise<UnattendedRun> {
    refuseExcess('parameters', order.parameters);
    const { tenantId } = order;
    const keyed = keyedOf(order);
    const before = await this.store.transaction(tenantId, (db) => this.idempotency.answered<Started>(db, keyed));
    if (before) return { ...before, isRepeat: true };
    const pinned = await this.revisions.find(tenantId, order.workflowId, order.revision);
    if (!pinned) throw gone(order);
    const { workflowId, credentialId: id, role, warehouse, trigger: purpose } = order;
    const right = { id, workflowId, revisionHash: pinned.hash, role, warehouse, purpose };
    return this.sessions.within(tenantId, right, (session) => this.startIn(session, order, pinned));
  }

  private async startIn(
    session: SessionRecord,
    order: UnattendedOrder,
    { document }: PinnedRevision,
  ): Promise<UnattendedRun> {
    const person = currentPerson();
    const { tenantId, workflowId, revision, trigger, parameters, priority } = order;
    const { context, username: ownerName } = session;
    const { pinned, takesOver } = await this.planning.plan(person, { document, workflowId }, context, { parameters });
    const mine = { runId: newId('run'), ownerId: person.userId };
    const insertion = this.runs.insertion({
      ...person,
      id: mine.runId,
      ownerName,
      trigger,
      priority,
      places: await this.places.of(tenantId),
      workflowId,
      revision,
      context,
      sealedPlan: sealPlan(this.sealer, tenantId, pinned),
      takesOver,
    });
    const started = await this.store.transaction(tenantId, (db) =>
      this.idempotency.once<Started>(db, keyedOf(order), async () => {
        await insertion.execute(db);
        return mine;
      }),
    );
    this.waker.wake();
    return { ...started, isRepeat: started.runId !== mine.runId };
  }
}

/** Of a credential and not of its owner, who is known only once it was used. */
function keyedOf({ tenantId, credentialId, trigger, key, ...order }: UnattendedOrder) {
  const { workflowId, revision, role, warehouse, parameters = {} } = order;
  const body = { workflowId, revision, role, warehouse, parameters };
  return { tenantId, userId: credentialId, route: `unattended.${trigger}`, key, body };
}

function gone({ revision }: UnattendedOrder): AppError {
  return new AppError('NOT_FOUND', `The workflow, or its revision ${revision}, is not there any more. Choose another.`);
}
