import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ErrorCode } from '@snowflow/contracts/errors/error-codes';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { runInScope } from '@snowflow/transport/request-scope';
import { WorkflowStore } from '../database/workflow-store';
import { SEALER } from '../sealer';
import { UnattendedRuns } from '../unattended/unattended-runs';
import { Clock } from './clock';
import { InstantsRepository, type OrderedInstant, type Unstarted } from './instants.repository';
import { OverlappingRuns } from './overlapping-runs';
import { openParameters } from './schedule-binding';
import { ScheduleFailures } from './schedule-failures';
import { TRASHED } from './schedule-pause';
import { type ScheduleWork, ScheduleWorkRepository } from './schedule-work.repository';

/** Longer than a sign-in and planning may take. */
const LEASE_MS = 120_000;
const BUSY_MS = 2_000;
const FOLLOW_MS = 2_000;
const MOST_ATTEMPTS = 6;
/** So often, each BUSY_MS after the last, it is looked whether runs that were told to end have ended. */
const MOST_LOOKS = 60;
/** Orders with one key are known as one for a day; what was ordered longer ago is not ordered again. */
const ORDER_LASTS_MS = 20 * 3_600_000;

/** What passes by itself. */
const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'UNAVAILABLE',
  'DEADLINE_EXCEEDED',
  'OUTCOME_UNKNOWN',
  'OVERLOADED',
  'THROTTLED',
  'SNOWFLAKE_UNREACHABLE',
  'SNOWFLAKE_UNAVAILABLE',
  'SESSION_ENDED',
  'SNOWFLAKE_SESSION_ENDED',
  'INTERNAL',
]);
/** What stays until somebody does something about it. */
const LASTING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'CREDENTIAL_UNUSABLE',
  'NOT_FOUND',
  'NOT_A_MEMBER',
  'FORBIDDEN',
  'GUARDED_ROLE',
  'CONSENT_NEEDED',
]);

const PAUSED: Unstarted = { state: 'skipped', code: 'PAUSED', reason: 'The schedule was paused before its run began.' };
const OVERLAP: Unstarted = { state: 'skipped', code: 'OVERLAP', reason: 'The run before it was still under way.' };
const STILL_ENDING: Unstarted = {
  state: 'skipped',
  code: 'OVERLAP',
  reason: 'The run before it was told to end, and two minutes later it had not.',
};
const UNKNOWN: Unstarted = {
  state: 'refused',
  code: 'OUTCOME_UNKNOWN',
  reason: 'Its run was ordered, and nobody was there to see whether it began. Look at the runs of that time.',
};

/**
 * Starts the runs of instants. An order carries the schedule and the instant as its key, and the run is kept with the key in one
 * transaction; so whoever goes on for a scheduler that died gets the same run.
 */
@Injectable()
export class ScheduleStarting {
  constructor(
    private readonly store: WorkflowStore,
    private readonly work: ScheduleWorkRepository,
    private readonly instants: InstantsRepository,
    @Inject(OverlappingRuns) private readonly overlapping: Pick<OverlappingRuns, 'cancel'>,
    private readonly failures: ScheduleFailures,
    private readonly clock: Clock,
    @Inject(UnattendedRuns) private readonly runs: Pick<UnattendedRuns, 'start'>,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  /** Sees to one instant that waits for its run; answers whether there was one. */
  async startOne(): Promise<boolean> {
    const taken = await this.work.take('start', this.clock.now(), LEASE_MS);
    if (!taken) return false;
    const context = { correlationId: randomUUID(), tenantId: taken.tenantId };
    await runInScope({ context }, () => this.see(taken));
    return true;
  }

  private async see(taken: ScheduleWork): Promise<void> {
    const due = await this.instants.ordered(taken);
    if (!due) return this.work.done('start', taken);
    const isByHand = due.asked_by !== null;
    if (!due.enabled && !isByHand) return this.settle(taken, PAUSED);
    if (due.is_trashed) return this.refuse(taken, { state: 'refused', ...TRASHED }, true);
    if (due.ordered_at && this.clock.now().getTime() - due.ordered_at.getTime() > ORDER_LASTS_MS) {
      return this.settle(taken, UNKNOWN);
    }
    // What was ordered may have begun already, so it is not held back again.
    if (due.under_way.length > 0 && !due.ordered_at) {
      if (due.overlap === 'skip') return this.settle(taken, OVERLAP);
      if (due.overlap === 'queue') return this.work.postpone('start', taken, this.later(BUSY_MS), true);
      return this.startAfterCancel(taken, due);
    }
    await this.start(taken, due);
  }

  /** What a worker has ends in its own time, and may write until then: nothing is started beside it. */
  private async startAfterCancel(taken: ScheduleWork, { under_way: before }: OrderedInstant): Promise<void> {
    await this.overlapping.cancel(taken.tenantId, before);
    const due = await this.instants.ordered(taken);
    if (!due) return this.work.done('start', taken);
    if (due.under_way.length === 0) return this.start(taken, due);
    if (taken.attempts > MOST_LOOKS) return this.settle(taken, STILL_ENDING);
    await this.work.postpone('start', taken, this.later(BUSY_MS));
  }

  private async start(taken: ScheduleWork, due: OrderedInstant): Promise<void> {
    await this.instants.order(taken, this.clock.now());
    try {
      const { runId } = await this.runs.start(this.orderOf(taken, due));
      await this.instants.started(taken, runId, this.later(FOLLOW_MS));
    } catch (error) {
      // The attempts of an order begin with it: what it waited for before is none of them.
      await this.failed(due.ordered_at ? taken : { ...taken, attempts: 1 }, error);
    }
  }

  private async failed(taken: ScheduleWork, error: unknown): Promise<void> {
    const { code, message } =
      error instanceof AppError ? error : new AppError('INTERNAL', 'Something went wrong here.');
    if (PASSING.has(code) && taken.attempts < MOST_ATTEMPTS) {
      return this.work.postpone('start', taken, this.later(1_000 * 2 ** taken.attempts));
    }
    await this.refuse(taken, { state: 'refused', code, reason: message }, LASTING.has(code));
  }

  private orderOf({ tenantId, scheduleId, instant }: ScheduleWork, due: OrderedInstant) {
    return {
      tenantId,
      workflowId: due.workflow_id,
      // An instant that was due had one.
      revision: due.revision ?? 0,
      credentialId: due.credential_id,
      role: due.role,
      warehouse: due.warehouse,
      trigger: 'schedule' as const,
      key: `${scheduleId}@${instant.toISOString()}`,
      parameters: due.sealed_parameters ? openParameters(this.sealer, tenantId, due.sealed_parameters) : {},
    };
  }

  private async settle(taken: ScheduleWork, why: Unstarted): Promise<void> {
    await this.store.transaction(taken.tenantId, (db) => this.instants.unstarted(db, taken, why));
  }

  private async refuse(taken: ScheduleWork, why: Unstarted, isLasting: boolean): Promise<void> {
    await this.store.transaction(taken.tenantId, async (db) => {
      await this.failures.hold(db, taken.scheduleId);
      await this.instants.unstarted(db, taken, why);
      await this.failures.count(db, taken.scheduleId, this.clock.now(), isLasting ? why : undefined);
    });
  }

  private later(ms: number): Date {
    return new Date(this.clock.now().getTime() + ms);
  }
}
