import type { FieldError } from '@snowflow/contracts/errors/app-error';
import { literal } from '@snowflow/nodes/kit/sql/literal';

/** When a task graph starts: by a cron line in a time zone, or every so many minutes. */
export type TaskSchedule = { cron: string; timezone: string } | { everyMinutes: number };

const FIELD = /^[A-Za-z0-9*/,#-]+$/;
/** Snowflake takes up to eight days. */
const MOST_MINUTES = 11_520;

/** Why it is no schedule; empty where it is one. */
export function scheduleFaults(schedule: TaskSchedule): FieldError[] {
  if ('everyMinutes' in schedule) {
    const { everyMinutes } = schedule;
    const fits = Number.isInteger(everyMinutes) && everyMinutes >= 1 && everyMinutes <= MOST_MINUTES;
    const message = `Give whole minutes from 1 to ${MOST_MINUTES.toLocaleString('en')}`;
    return fits ? [] : [{ path: 'schedule.everyMinutes', message }];
  }
  const fields = schedule.cron.trim().split(/\s+/);
  const faults: FieldError[] = [];
  if (fields.length !== 5 || !fields.every((field) => FIELD.test(field))) {
    faults.push({ path: 'schedule.cron', message: 'Give five fields: minute, hour, day of month, month, day of week' });
  }
  if (!isTimeZone(schedule.timezone)) {
    faults.push({ path: 'schedule.timezone', message: 'Give a time zone by its name, as Europe/Berlin' });
  }
  return faults;
}

/** `SCHEDULE = '…'`. */
export function scheduleClause(schedule: TaskSchedule): string {
  const text =
    'everyMinutes' in schedule
      ? `${schedule.everyMinutes} MINUTE`
      : `USING CRON ${schedule.cron.trim().split(/\s+/).join(' ')} ${schedule.timezone}`;
  return `SCHEDULE = ${literal(text)}`;
}

/** Offsets like +01:00 are zones for the browser but not for Snowflake. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
