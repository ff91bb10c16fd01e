import type { CronFields } from './cron-fields';
import type { Timetable } from './timetable';
import { instantOf, localOf } from './zone-time';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
/** The 29th of February can be eight years away, and a weekday's one further. */
const FAR_DAYS = 366 * 41;
/** In so many days every pair of neighbours that a week or a month makes has been there. */
const ROUND_DAYS = 366;

/**
 * Cron in a time zone, with these rules where clocks change: a time that is jumped over runs at the first moment after the jump, and with
 * others of that moment once; a time that comes twice runs the first time only.
 */
export class CronTimetable implements Timetable {
  constructor(
    private readonly fields: CronFields,
    private readonly zone: string,
  ) {}

  after(moment: number): number | undefined {
    const first = this.dayOf(moment) - DAY_MS;
    for (let day = first; day <= first + FAR_DAYS * DAY_MS; day += DAY_MS) {
      if (!this.fields.isDay(day)) continue;
      const found = this.timesUntil(day, moment);
      if (found < this.fields.times.length) return this.instant(day, found);
    }
    return undefined;
  }

  atOrBefore(moment: number): number | undefined {
    const last = this.dayOf(moment) + DAY_MS;
    for (let day = last; day >= last - FAR_DAYS * DAY_MS; day -= DAY_MS) {
      if (!this.fields.isDay(day)) continue;
      const found = this.timesUntil(day, moment);
      if (found > 0) return this.instant(day, found - 1);
    }
    return undefined;
  }

  get shortestMs(): number {
    const { times } = this.fields;
    const [earliest = 0, latest = 0] = [times[0], times.at(-1)];
    const within = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    const overNight = this.hasNeighbours() ? [1_440 - latest + earliest] : [];
    return Math.min(1_440, ...within, ...overNight) * MINUTE_MS;
  }

  private hasNeighbours(): boolean {
    const first = Date.UTC(2024, 0, 1);
    return Array.from({ length: ROUND_DAYS }, (_, day) => first + day * DAY_MS).some(
      (day) => this.fields.isDay(day) && this.fields.isDay(day + DAY_MS),
    );
  }

  /** How many of a day's times are at or before a moment; later times are never earlier instants. */
  private timesUntil(day: number, moment: number): number {
    let [low, high] = [0, this.fields.times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.instant(day, middle) <= moment) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private instant(day: number, time: number): number {
    return instantOf(this.zone, day + (this.fields.times[time] ?? 0) * MINUTE_MS);
  }

  private dayOf(moment: number): number {
    return Math.floor(localOf(this.zone, moment) / DAY_MS) * DAY_MS;
  }
}
