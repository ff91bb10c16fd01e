import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { runInScope } from '@snowflow/transport/request-scope';
import { WorkflowStore } from '../database/workflow-store';
import { Clock } from './clock';
import { InstantsRepository } from './instants.repository';
import { ScheduleFailures } from './schedule-failures';
import { type ScheduleWork, ScheduleWorkRepository } from './schedule-work.repository';

const LEASE_MS = 30_000;
const FIRST_LOOK_MS = 2_000;
const LONGEST_LOOK_MS = 30_000;

/** Follows the runs of schedules to their ends, and counts those that failed. */
@Injectable()
export class ScheduleFollowing {
  constructor(
    private readonly store: WorkflowStore,
    private readonly work: ScheduleWorkRepository,
    private readonly instants: InstantsRepository,
    private readonly failures: ScheduleFailures,
    private readonly clock: Clock,
  ) {}

  /** Looks after one run; answers whether there was one to look after. */
  async followOne(): Promise<boolean> {
    const taken = await this.work.take('follow', this.clock.now(), LEASE_MS);
    if (!taken) return false;
    await runInScope({ context: { correlationId: randomUUID(), tenantId: taken.tenantId } }, () => this.see(taken));
    return true;
  }

  private async see(taken: ScheduleWork): Promise<void> {
    const run = await this.instants.runOf(taken);
    if (run && run.finished_at === null) {
      const wait = Math.min(FIRST_LOOK_MS * taken.attempts, LONGEST_LOOK_MS);
      return this.work.postpone('follow', taken, new Date(this.clock.now().getTime() + wait));
    }
    if (run) {
      await this.store.transaction(taken.tenantId, async (db) => {
        await this.failures.hold(db, taken.scheduleId);
        if (!(await this.instants.ended(db, taken, run.status, run.code))) return;
        if (run.status === 'failed') await this.failures.count(db, taken.scheduleId, this.clock.now());
        if (run.status === 'succeeded') await this.failures.forget(db, taken.scheduleId);
      });
    }
    await this.work.done('follow', taken);
  }
}
