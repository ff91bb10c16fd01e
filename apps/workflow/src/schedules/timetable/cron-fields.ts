import { CronExpressionParser, type CronFieldCollection } from 'cron-parser';
import type { FieldError } from '@snowflow/contracts/errors/app-error';

/** What a cron expression says, apart from zones. */
export interface CronFields {
  /** Minutes of a day, ascending. */
  readonly times: readonly number[];
  /** Whether it runs on a day, given as midnight in UTC. */
  isDay(day: number): boolean;
}

const FIELDS = [
  { name: 'minute', value: String.raw`\d{1,2}`, says: '0 to 59' },
  { name: 'hour', value: String.raw`\d{1,2}`, says: '0 to 23' },
  { name: 'day of month', value: String.raw`\d{1,2}`, says: '1 to 31, or L for the last' },
  { name: 'month', value: String.raw`(?:\d{1,2}|[a-z]{3})`, says: '1 to 12, or JAN to DEC' },
  {
    name: 'day of week',
    value: String.raw`(?:\d|[a-z]{3})`,
    says: '0 to 7 or SUN to SAT, 5L for the last Friday, 1#2 for the second Monday',
  },
] as const;

const MONTH_NAMES = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$/i;
const DAY_NAMES = /^(?:sun|mon|tue|wed|thu|fri|sat)$/i;
const MAX_LENGTH = 200;

/** The five fields of a cron expression, or what is wrong with which of them. */
export function cronFields(text: string): CronFields | FieldError {
  const fields = text.trim().split(/\s+/);
  if (text.length > MAX_LENGTH || fields.length !== FIELDS.length) {
    return wrong('Give five fields: minute, hour, day of month, month and day of week, as in 0 7 * * MON-FRI');
  }
  for (const [place, field] of fields.entries()) {
    if (!isField(place, field)) {
      const { name, says } = FIELDS[place] ?? FIELDS[0];
      return wrong(`The ${name} can't be "${field.slice(0, 40)}". It takes ${says}; also *, lists, ranges and steps`);
    }
  }
  const parsed = parse(fields.join(' '));
  return parsed ? fieldsOf(parsed) : wrong('No month that it names has the day that it names');
}

/** By itself, so that what is wrong can be named; the parser alone lets some nonsense pass. */
function isField(place: number, field: string): boolean {
  const { value } = FIELDS[place] ?? FIELDS[0];
  const range = String.raw`(?:[*?]|${value}(?:-${value})?)(?:/\d{1,2})?`;
  const special = place === 2 ? '|L' : place === 4 ? String.raw`|${value}L|${value}#[1-5]` : '';
  if (!new RegExp(`^(?:${range}${special})(?:,(?:${range}${special}))*$`, 'i').test(field)) return false;
  // A parser of one list takes one "the n-th", and nothing beside it.
  if (field.includes('#') && field.includes(',')) return false;
  const words = field.match(/[a-z]{3}/gi) ?? [];
  if (!words.every((word) => (place === 3 ? MONTH_NAMES : DAY_NAMES).test(word))) return false;
  return parse(FIELDS.map((_, at) => (at === place ? field : '*')).join(' ')) !== undefined;
}

function parse(text: string): CronFieldCollection | undefined {
  try {
    return CronExpressionParser.parse(text, { tz: 'UTC' }).fields;
  } catch {
    return undefined;
  }
}

function fieldsOf({ minute, hour, dayOfMonth, month, dayOfWeek }: CronFieldCollection): CronFields {
  const months = new Set<number>(month.values);
  const [days, weekdays] = [new Set<number | string>(dayOfMonth.values), new Set<number | string>(dayOfWeek.values)];
  const nth = dayOfWeek.nthDay;
  const isDayOfMonth = (date: Date) => days.has(date.getUTCDate()) || (days.has('L') && isLast(date, 1));
  const isDayOfWeek = (date: Date) => {
    const weekday = date.getUTCDay();
    if (isLast(date, 7) && (weekdays.has(`${weekday}L`) || (weekday === 0 && weekdays.has('7L')))) return true;
    return weekdays.has(weekday) && (nth === 0 || Math.ceil(date.getUTCDate() / 7) === nth);
  };
  return {
    times: hour.values.flatMap((h) => minute.values.map((m) => h * 60 + m)).sort((a, b) => a - b),
    isDay(day) {
      const date = new Date(day);
      if (!months.has(date.getUTCMonth() + 1)) return false;
      if (dayOfMonth.isWildcard) return dayOfWeek.isWildcard || isDayOfWeek(date);
      // As cron has always had it: where both are given, either will do.
      return isDayOfMonth(date) || (!dayOfWeek.isWildcard && isDayOfWeek(date));
    },
  };
}

/** Whether so many days later it is another month. */
function isLast(date: Date, days: number): boolean {
  const later = new Date(date);
  later.setUTCDate(date.getUTCDate() + days);
  return later.getUTCMonth() !== date.getUTCMonth();
}

const wrong = (message: string): FieldError => ({ path: 'cron', message });
