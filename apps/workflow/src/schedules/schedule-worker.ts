import { Injectable } from '@nestjs/common';
import { ScheduleFiring } from './schedule-firing';
import { ScheduleFollowing } from './schedule-following';
import { ScheduleLoop } from './schedule-loop';
import { ScheduleNotices } from './schedule-notices';

/** What a worker does for schedules: it sees that instants come, follows runs and tells of pauses. */
@Injectable()
export class ScheduleWorker extends ScheduleLoop {
  protected readonly tasks = [
    () => this.firing.fireOne(),
    () => this.following.followOne(),
    () => this.notices.sendOne(),
  ];

  constructor(
    private readonly firing: ScheduleFiring,
    private readonly following: ScheduleFollowing,
    private readonly notices: ScheduleNotices,
  ) {
    super();
  }
}
