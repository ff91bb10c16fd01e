import { Injectable } from '@nestjs/common';
import { ScheduleLoop } from './schedule-loop';
import { ScheduleStarting } from './schedule-starting';

/** A start waits for sign-ins and plans, so several go on beside each other. */
const AT_ONCE = 4;

/** What the service does for schedules: it plans and starts the runs of instants, for it alone plans. */
@Injectable()
export class ScheduleStarter extends ScheduleLoop {
  protected readonly tasks = Array.from({ length: AT_ONCE }, () => () => this.starting.startOne());

  constructor(private readonly starting: ScheduleStarting) {
    super();
  }
}
