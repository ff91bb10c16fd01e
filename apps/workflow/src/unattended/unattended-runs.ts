import { Inject, Injectable } from '@nestjs/common';
import type { UseCredentialRequest } from '@snowflow/contracts/auth/credentials.dto';
import { newId } from '@snowflow/contracts/documents/new-id';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { currentPerson } from '@snowflow/transport/request-scope';
import { currentTraceparent } from '@snowflow/transport/spans';
import type { RawBuilder } from 'kysely';
import { RunGuard } from '../consent/run-guard';
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
 * the owner's. Its Snowflake session closes after it, or when it rests; `ReopenedSession` signs in again.
 */
@Injectable()
export class UnattendedRuns {
  constructor(
    private readonly store: WorkflowStore,
    private readonly revisions: PinnedRevisionsRepository,
    private readonly sessions: UnattendedSessions,
    private readonly idempotency: IdempotencyRepository,
    private readonly planning: RunPlanning,
    private readonly guard: RunGuard,
    private readonly runs: RunsRepository,
    private readonly places: RunPlacesOfTenants,
    private readonly waker: RunWaker,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  /**
   * Throws NOT_FOUND where the revision is gone, CREDENTIAL_UNUSABLE and what Snowflake refuses a sign-in with, WORKFLOW_INVALID,
   * POLICY_DENIED, GUARDED_ROLE and CONSENT_NEEDED for what others wrote, VALIDATION for parameters and IDEMPOTENCY_MISMATCH; nothing was started then.
   */
  async start(order: UnattendedOrder): Promise<UnattendedRun> {
    const before = await this.startedBefore(order);
    if (before) return before;
    const pinned = await this.revisions.find(order.tenantId, order.workflowId, order.revision);
    if (!pinned) throw gone(order);
    return this.startPinned(order, pinned);
  }

  /** The same of a revision that was read a moment ago, by who looked whether the order was `startedBefore`. */
  async startPinned(order: UnattendedOrder, pinned: PinnedRevision): Promise<UnattendedRun> {
    refuseExcess('parameters', order.parameters);
    return this.sessions.within(order.tenantId, rightOf(order, pinned), (session) =>
      this.startIn(session, order, pinned),
    );
  }

  /** The run that an order with this key was given before. Throws IDEMPOTENCY_MISMATCH where that was another order. */
  async startedBefore(order: UnattendedOrder): Promise<UnattendedRun | undefined> {
    const keyed = keyedOf(order);
    const before =
      keyed && (await this.store.transaction(order.tenantId, (db) => this.idempotency.answered<Started>(db, keyed)));
    return before && { ...before, isRepeat: true };
  }

  private async startIn(
    session: SessionRecord,
    order: UnattendedOrder,
    { document }: PinnedRevision,
  ): Promise<UnattendedRun> {
    const person = currentPerson();
    const { tenantId, workflowId, revision, trigger, parameters, priority, calledBy } = order;
    const { context, username: ownerName } = session;
    const of = { document, workflowId };
    const { pinned, takesOver, whole: plan } = await this.planning.plan(person, of, context, { parameters });
    const { name } = document;
    const { children = {} } = pinned;
    await this.guard.checkApproved(person, context, { workflowId, revision, name, plan, children });
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
      sealedPlan: sealPlan(this.sealer, tenantId, { ...pinned, traceparent: currentTraceparent() }),
      takesOver,
      calledBy,
    });
    const started = await this.once(order, mine, insertion);
    this.waker.wake();
    return { ...started, isRepeat: started.runId !== mine.runId };
  }

  private async once(order: UnattendedOrder, mine: Started, insertion: RawBuilder<object>): Promise<Started> {
    const keyed = keyedOf(order);
    if (!keyed) {
      await this.store.statement(order.tenantId, insertion);
      return mine;
    }
    return this.store.transaction(order.tenantId, (db) =>
      this.idempotency.once<Started>(db, keyed, async () => {
        await insertion.execute(db);
        return mine;
      }),
    );
  }
}

/** The right that an order needs the credential's owner to have approved. */
export function rightOf(order: UnattendedOrder, { hash: revisionHash }: PinnedRevision): UseCredentialRequest {
  const { workflowId, credentialId: id, role, warehouse, trigger: purpose } = order;
  return { id, workflowId, revisionHash, role, warehouse, purpose };
}

/**
 * A call is one of its publication, whatever revision and credential that has by the time it is made again. Other orders are of their
 * credential and not of its owner, who is known only once it was used.
 */
function keyedOf({ tenantId, credentialId, trigger, key, calledBy, parameters = {}, ...order }: UnattendedOrder) {
  if (key === undefined) return undefined;
  const route = `unattended.${trigger}`;
  if (calledBy) return { tenantId, userId: calledBy.publicationId, route, key, body: { parameters } };
  const { workflowId, revision, role, warehouse } = order;
  return { tenantId, userId: credentialId, route, key, body: { workflowId, revision, role, warehouse, parameters } };
}

function gone({ revision }: UnattendedOrder): AppError {
  return new AppError('NOT_FOUND', `The workflow, or its revision ${revision}, is not there any more. Choose another.`);
}
