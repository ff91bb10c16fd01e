import type { Timetable } from './timetable';

const UNITS = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 } as const;
const INTERVAL = /^(?:(\d{1,7})w)?(?:(\d{1,7})d)?(?:(\d{1,7})h)?(?:(\d{1,7})m)?(?:(\d{1,7})s)?$/;

/** The length that `13h`, `90m` or `1d12h` says, in milliseconds; nothing where it says none. */
export function intervalMs(text: string): number | undefined {
  const found = INTERVAL.exec(text);
  if (!found) return undefined;
  const ms = Object.values(UNITS).reduce((sum, unit, index) => sum + Number(found[index + 1] ?? 0) * unit, 0);
  return ms > 0 ? ms : undefined;
}

/** Every so long from a start on, whatever clocks show: a day is 24 hours. The start itself is none of its instants. */
export class IntervalTimetable implements Timetable {
  constructor(
    readonly shortestMs: number,
    private readonly start: number,
  ) {}

  after(moment: number): number {
    return this.start + Math.max(1, Math.floor((moment - this.start) / this.shortestMs) + 1) * this.shortestMs;
  }

  atOrBefore(moment: number): number | undefined {
    const count = Math.floor((moment - this.start) / this.shortestMs);
    return count > 0 ? this.start + count * this.shortestMs : undefined;
  }
}
