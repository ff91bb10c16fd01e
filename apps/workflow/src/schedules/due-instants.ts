import type { CatchUp } from '@snowflow/contracts/workflow/schedules.dto';
import { newestInstants, type Timetable } from './timetable/timetable';

/** An instant that nobody saw for longer than this was missed: it runs only if the schedule catches up. */
const LATE_MS = 300_000;
/** Of those that were missed so many are looked at, the newest. */
const MOST_LOOKED_AT = 500;

export interface Due {
  run: number[];
  missed: number[];
  next: number | undefined;
}

/** What is due of a schedule, from the instant that its clock shows up to now. */
export function dueInstants(
  timetable: Timetable,
  { dueAt, now, catchUp, most }: { dueAt: number; now: number; catchUp: CatchUp; most: number },
): Due {
  const all = newestInstants(timetable, dueAt, now, MOST_LOOKED_AT);
  const inTime = all.filter((instant) => now - instant <= LATE_MS).length;
  const running = Math.max(inTime, { skip: 0, last: 1, all: most }[catchUp]);
  const from = Math.max(0, all.length - running);
  return { run: all.slice(from), missed: all.slice(0, from), next: timetable.after(now) };
}
