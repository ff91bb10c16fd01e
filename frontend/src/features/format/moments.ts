const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `Now`, `12 min ago`, `3 h ago`, then the date. */
export function timeAgo(moment: string, now = Date.now()): string {
  const age = now - Date.parse(moment);
  if (age < MINUTE) return 'Now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h ago`;
  return new Date(moment).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

/** The absolute time with its zone, for tooltips. */
export function absoluteTime(moment: string): string {
  return new Date(moment).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'long' });
}

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/** The time of day to the millisecond. */
export function clockTime(moment: string): string {
  return clock.format(new Date(moment));
}

/** `1 May 2026, 10:00:01`, where a moment is a name. */
export function dayAndTime(moment: string): string {
  return new Date(moment).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}
