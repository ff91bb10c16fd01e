const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SECOND_MS = 1_000;

/** A local time as the milliseconds that UTC would show it at. */
export type LocalMs = number;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether this is a time zone of the IANA database by a name of its own: `UTC` or `Area/Place`, no offset and no abbreviation. */
export function isZone(zone: string): boolean {
  if (zone !== 'UTC' && !/^[A-Za-z]+(?:\/[A-Za-z0-9_+-]+){1,2}$/.test(zone)) return false;
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** What clocks of the zone show at an instant. */
export function localOf(zone: string, instant: number): LocalMs {
  const seconds = Math.floor(instant / SECOND_MS) * SECOND_MS;
  const parts = new Map(
    formatOf(zone)
      .formatToParts(seconds)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) + (instant - seconds);
}

/**
 * The instant at which clocks of the zone show a local time. One that they show twice, as they go back, is the first of the two; one that
 * they jump over is the first moment after the jump.
 */
export function instantOf(zone: string, local: LocalMs): number {
  const earlier = offsetAt(zone, local - DAY_MS);
  const later = offsetAt(zone, local + DAY_MS);
  const shown = [local - Math.max(earlier, later), local - Math.min(earlier, later)].find(
    (instant) => localOf(zone, instant) === local,
  );
  return shown ?? jumpBetween(zone, local - Math.max(earlier, later), local - Math.min(earlier, later));
}

const offsetAt = (zone: string, instant: number): number => localOf(zone, instant) - instant;

/** The moment of the one change of offset in a stretch of time, to the second. */
function jumpBetween(zone: string, from: number, to: number): number {
  const before = offsetAt(zone, from);
  let [low, high] = [from, to];
  while (high - low > SECOND_MS) {
    const middle = low + Math.floor((high - low) / 2 / SECOND_MS) * SECOND_MS;
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}
