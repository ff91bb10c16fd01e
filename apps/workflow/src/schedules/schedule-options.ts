/** Injection token of ScheduleOptions. */
export const SCHEDULE_OPTIONS = Symbol('SCHEDULE_OPTIONS');

/** What the installation allows. */
export interface ScheduleOptions {
  /** No schedule runs more often. */
  leastMs: number;
}

/** As cron can. */
export const EVERY_MINUTE: ScheduleOptions = { leastMs: 60_000 };
