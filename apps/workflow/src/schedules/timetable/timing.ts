import { AppError, type FieldError } from '@snowflow/contracts/errors/app-error';
import { cronFields } from './cron-fields';
import { CronTimetable } from './cron-timetable';
import { IntervalTimetable, intervalMs } from './interval-timetable';
import type { Timetable } from './timetable';
import { isZone } from './zone-time';

/** When a schedule runs, as it is written down: by cron in a zone, or every so long since its start. */
export interface Timing {
  cron: string | null;
  every: string | null;
  timezone: string;
  /** Of an interval; milliseconds. */
  start: number;
}

const LONGEST_MS = 366 * 86_400_000;

/** The timetable that a timing means. Throws VALIDATION naming the field that is wrong. */
export function timetableOf(timing: Timing): Timetable {
  const made = madeOf(timing);
  if ('path' in made) throw refusal(made);
  return made;
}

/** The same of what a person gives: also refused where it never runs, or more often than every so many milliseconds. */
export function checkedTimetable(timing: Timing, leastMs: number): Timetable {
  const timetable = timetableOf(timing);
  const path = timing.cron === null ? 'every' : 'cron';
  if (timetable.after(timing.start) === undefined) throw refusal({ path, message: 'It would never run' });
  if (timetable.shortestMs < leastMs) {
    throw refusal({
      path,
      message: `It would run more often than every ${leastMs / 1_000} seconds, which is not allowed here`,
    });
  }
  return timetable;
}

function madeOf({ cron, every, timezone, start }: Timing): Timetable | FieldError {
  if (!isZone(timezone)) {
    return { path: 'timezone', message: 'There is no such time zone. Give a name as Europe/Berlin, or UTC' };
  }
  if ((cron === null) === (every === null)) return { path: 'cron', message: 'Give either cron or every, not both' };
  if (cron !== null) {
    const fields = cronFields(cron);
    return 'path' in fields ? fields : new CronTimetable(fields, timezone);
  }
  const ms = intervalMs(every ?? '');
  if (ms === undefined)
    return { path: 'every', message: 'Give a length as 13h, 90m or 1d12h; units are w, d, h, m and s' };
  if (ms > LONGEST_MS) return { path: 'every', message: 'Give at most a year' };
  return new IntervalTimetable(ms, start);
}

function refusal(error: FieldError): AppError {
  return new AppError('VALIDATION', `The schedule is not right: ${error.message}.`, { errors: [error] });
}
