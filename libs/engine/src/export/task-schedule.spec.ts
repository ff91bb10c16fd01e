import { scheduleClause, scheduleFaults, TaskSchedule } from './task-schedule';

describe('The schedule of tasks', () => {
  it.each<[TaskSchedule, string]>([
    [{ everyMinutes: 60 }, "SCHEDULE = '60 MINUTE'"],
    [
      { cron: ' 0 9-17  * * SUN ', timezone: 'America/Los_Angeles' },
      "SCHEDULE = 'USING CRON 0 9-17 * * SUN America/Los_Angeles'",
    ],
    [{ cron: '*/5 0 L * 5L', timezone: 'UTC' }, "SCHEDULE = 'USING CRON */5 0 L * 5L UTC'"],
  ])('is written for %j', (schedule, clause) => {
    expect(scheduleFaults(schedule)).toEqual([]);
    expect(scheduleClause(schedule)).toBe(clause);
  });

  it.each<[TaskSchedule, string]>([
    [{ everyMinutes: 0 }, 'schedule.everyMinutes'],
    [{ everyMinutes: 1.5 }, 'schedule.everyMinutes'],
    [{ everyMinutes: 11_521 }, 'schedule.everyMinutes'],
    [{ cron: '0 6 * *', timezone: 'UTC' }, 'schedule.cron'],
    [{ cron: "0 6 * * ';", timezone: 'UTC' }, 'schedule.cron'],
    [{ cron: '0 6 * * *', timezone: 'Middle/Earth' }, 'schedule.timezone'],
    [{ cron: '0 6 * * *', timezone: '+01:00' }, 'schedule.timezone'],
  ])('is refused at its field for %j', (schedule, path) => {
    expect(scheduleFaults(schedule)).toEqual([expect.objectContaining({ path })]);
  });
});
