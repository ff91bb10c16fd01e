import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { runInScope } from '@snowflow/transport/request-scope';
import type { Transaction } from 'kysely';
import type { WorkflowDatabase } from '../database/workflow-database';
import { Clock } from './clock';
import { dueInstants } from './due-instants';
import { type DueSchedule, FiringRepository } from './firing.repository';
import { instantOf } from './instant-order';
import { type PauseReason, SchedulePause, TRASHED, UNPUBLISHED } from './schedule-pause';
import type { Timetable } from './timetable/timetable';
import { type Timing, timetableOf } from './timetable/timing';

const MISSED = {
  state: 'skipped',
  code: 'MISSED',
  reason: 'Nobody saw it in time, and the schedule does not catch up.',
} as const;

/**
 * Turns time into instants. Of one schedule everything that is due, the orders to start and the next time on its clock are one
 * transaction: a scheduler that dies leaves all of it to the next, or nothing.
 */
@Injectable()
export class ScheduleFiring {
  constructor(
    private readonly repository: FiringRepository,
    private readonly pauses: SchedulePause,
    private readonly clock: Clock,
  ) {}

  /** Sees to one schedule that is due; answers whether there was one. */
  async fireOne(): Promise<boolean> {
    const now = this.clock.now();
    return runInScope({ context: { correlationId: randomUUID() } }, () =>
      this.repository.withDue(now, (db, due, dueAt) => this.fire(db, due, dueAt, now)),
    );
  }

  private async fire(db: Transaction<WorkflowDatabase>, due: DueSchedule, dueAt: Date, now: Date): Promise<void> {
    const { id, tenant_id, cron, every, timezone, starts_at, catch_up: catchUp, catch_up_most: most } = due;
    const timetable = readTimetable({ cron, every, timezone, start: starts_at.getTime() });
    if (!timetable) return this.pauses.pause(db, due, UNREADABLE, now);
    const when = { dueAt: dueAt.getTime(), now: now.getTime(), catchUp, most };
    const { run, missed, next } = dueInstants(timetable, when);
    const revision = due.revision ?? due.published;
    const why = whyNot(due);
    const skipped = missed.map((at) => instantOf(due, new Date(at), revision, { ...MISSED, sealed_parameters: null }));
    const fired = run.map((at) => instantOf(due, new Date(at), revision, why && refusedFor(why)));
    await this.repository.add(db, [...skipped, ...fired], now);
    await this.repository.setClock(db, id, tenant_id, next === undefined ? undefined : new Date(next));
    if (why) await this.pauses.pause(db, due, why, now);
  }
}

const UNREADABLE: PauseReason = {
  code: 'VALIDATION',
  reason: 'Its times or its time zone are not known here any more. Give them anew, then resume the schedule.',
};

/** What was taken once may be gone: time zones change their names. */
function readTimetable(timing: Timing): Timetable | undefined {
  try {
    return timetableOf(timing);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

const refusedFor = ({ code, reason }: PauseReason) =>
  ({ state: 'refused', code, reason, sealed_parameters: null }) as const;

function whyNot({ is_trashed, revision, published }: DueSchedule): PauseReason | undefined {
  if (is_trashed) return TRASHED;
  return (revision ?? published) === null ? UNPUBLISHED : undefined;
}
