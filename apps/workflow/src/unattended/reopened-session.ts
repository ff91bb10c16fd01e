import { Inject, Injectable, Logger } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { currentPerson } from '@snowflow/transport/request-scope';
import { type RawBuilder, sql } from 'kysely';
import { RunGuard } from '../consent/run-guard';
import { WorkflowStore } from '../database/workflow-store';
import { RunWaker } from '../queue/run-waker';
import { type RunRow, RunsRepository } from '../runs/runs.repository';
import { openPlan } from '../runs/sealed-run';
import { SEALER } from '../sealer';
import { type PinnedRevision, PinnedRevisionsRepository } from './pinned-revisions.repository';
import type { UnattendedOrder } from './unattended-order';
import { UnattendedSessions } from './unattended-sessions';
import { rightOf } from './unattended-runs';

/** A run is signed in for no more often than this: a Snowflake that ends each session at once is not stormed. */
const APART_MS = 60_000;

/** What does not pass by itself: such a run waits until its person signs in. */
const LASTING: ReadonlySet<string> = new Set([
  'CREDENTIAL_UNUSABLE',
  'NOT_FOUND',
  'FORBIDDEN',
  'GUARDED_ROLE',
  'CONSENT_NEEDED',
]);

/**
 * The session of a run without a person closes as soon as the run is accepted, and lives only as long as something holds it. One that has
 * to go on after an approval or a wait, or after longer in the queue or without a worker, signs in again, by the credential and the
 * approval with which it was started; both are looked at anew, as is what the tenant allows of others' work.
 */
@Injectable()
export class ReopenedSession {
  private readonly logger = new Logger(ReopenedSession.name);
  private readonly reopened = new Map<string, number>();

  constructor(
    private readonly store: WorkflowStore,
    private readonly sessions: UnattendedSessions,
    private readonly revisions: PinnedRevisionsRepository,
    private readonly runs: RunsRepository,
    private readonly guard: RunGuard,
    private readonly waker: RunWaker,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  /** Whether there is a credential by which this run could sign in; whether it is let in shows when it does. */
  async isPossible(run: RunRow): Promise<boolean> {
    return (await this.orderOf(run)) !== undefined;
  }

  /** Whether this run need not wait for its person. */
  async goOn(run: RunRow): Promise<boolean> {
    const order = await this.orderOf(run);
    if (!order) return false;
    if (this.isTooSoon(run.id)) return this.later(run);
    try {
      await this.signIn(run, order);
      return true;
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'INTERNAL';
      this.logger.warn({ msg: 'A run could not sign in again', runId: run.id, code });
      return LASTING.has(code) ? false : this.later(run);
    }
  }

  private async orderOf(run: RunRow): Promise<UnattendedOrder | undefined> {
    const { tenant_id: tenantId, workflow_id: workflowId, revision, trigger } = run;
    const { role, warehouse } = run.context;
    if (trigger === 'manual' || workflowId === null || revision === null || role === null) return undefined;
    const [found] = await this.store.statement(tenantId, credentialOf(run));
    return found && { tenantId, workflowId, revision, credentialId: found.credential_id, role, warehouse, trigger };
  }

  private async signIn(run: RunRow, order: UnattendedOrder): Promise<void> {
    const pinned = await this.revisions.find(order.tenantId, order.workflowId, order.revision);
    if (!pinned) throw new AppError('NOT_FOUND', 'The revision of this run is not there any more.');
    await this.sessions.within(order.tenantId, rightOf(order, pinned), (session) =>
      this.moveTo(session, run, order, pinned),
    );
  }

  private async moveTo(
    { id, userId }: SessionRecord,
    run: RunRow,
    { workflowId, revision }: UnattendedOrder,
    { document: { name } }: PinnedRevision,
  ): Promise<void> {
    // Published by another's credential meanwhile.
    if (userId !== run.owner_id) throw new AppError('FORBIDDEN', 'The credential is another person’s by now.');
    const { plan, children = {} } = openPlan(this.sealer, run.tenant_id, run.sealed_plan);
    await this.guard.checkApproved(currentPerson(), run.context, { workflowId, revision, name, plan, children });
    await this.store.statement(run.tenant_id, this.runs.movement(run.id, id));
    this.waker.tellNews(run.id);
  }

  private async later({ id, tenant_id: tenantId }: RunRow): Promise<true> {
    await this.store.statement(tenantId, this.runs.dueLater(id, APART_MS));
    return true;
  }

  private isTooSoon(runId: string): boolean {
    const now = Date.now();
    for (const [id, at] of this.reopened) if (now - at >= APART_MS) this.reopened.delete(id);
    if (this.reopened.has(runId)) return true;
    this.reopened.set(runId, now);
    return false;
  }
}

/** What an instant ordered it by, or what its publication has by now. */
function credentialOf({ id, publication_id }: RunRow): RawBuilder<{ credential_id: string }> {
  return publication_id === null
    ? sql`SELECT credential_id FROM workflow.schedule_instants WHERE run_id = ${id} LIMIT 1`
    : sql`SELECT credential_id FROM workflow.publications WHERE id = ${publication_id} AND enabled`;
}
