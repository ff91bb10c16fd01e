/**
 * The instants of a cron expression by the slowest way there is, as a second opinion: what clocks of the zone show, minute by minute. A
 * local minute counts once, when first shown; one that was jumped over counts at the first minute after the jump.
 */
export function minuteWalk(cron: string, zone: string, from: number, to: number): number[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const shown = (instant: number) => Date.parse(`${format.format(instant).replace(' ', 'T')}Z`);
  const matches = matcher(cron.split(' '));
  const found: number[] = [];
  let newest = shown(from - 86_400_000);
  for (let instant = from - 86_400_000; instant <= to; instant += MINUTE_MS) {
    const now = shown(instant);
    let isDue = false;
    for (let local = newest + MINUTE_MS; local <= now; local += MINUTE_MS) isDue ||= matches(new Date(local));
    newest = Math.max(newest, now);
    if (isDue && instant >= from) found.push(instant);
  }
  return found;
}

const MINUTE_MS = 60_000;

function matcher([minute = '*', hour = '*', day = '*', month = '*', weekday = '*']: string[]) {
  const inMonth = (date: Date) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const isDay = (date: Date) => (day === 'L' ? date.getUTCDate() === inMonth(date) : isIn(day, date.getUTCDate(), 1));
  const isWeekday = (date: Date) => {
    const [which = '', nth] = weekday.replace('SUN', '0').split('#');
    if (nth) return date.getUTCDay() === Number(which) && Math.ceil(date.getUTCDate() / 7) === Number(nth);
    if (which.endsWith('L')) return date.getUTCDay() === Number(which[0]) && date.getUTCDate() > inMonth(date) - 7;
    return isIn(which, date.getUTCDay(), 0);
  };
  return (date: Date) =>
    isIn(minute, date.getUTCMinutes(), 0) &&
    isIn(hour, date.getUTCHours(), 0) &&
    isIn(month, date.getUTCMonth() + 1, 1) &&
    (day !== '*' && weekday !== '*' ? isDay(date) || isWeekday(date) : isDay(date) && isWeekday(date));
}

function isIn(list: string, value: number, least: number): boolean {
  return list.split(',').some((item) => {
    const [range = '', step = '1'] = item.split('/');
    const [first, last = first] = range === '*' ? [least, 99] : range.split('-').map(Number);
    return value >= (first ?? 0) && value <= (last ?? 0) && (value - (first ?? 0)) % Number(step) === 0;
  });
}
