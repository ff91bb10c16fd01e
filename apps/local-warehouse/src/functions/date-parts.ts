import { unsupported, type SourcePosition } from '../statements/warehouse-error';

const spellings: Readonly<Record<string, readonly string[]>> = {
  year: ['YEAR', 'Y', 'YY', 'YYY', 'YYYY', 'YR', 'YEARS', 'YRS'],
  quarter: ['QUARTER', 'Q', 'QTR', 'QTRS', 'QUARTERS'],
  month: ['MONTH', 'MM', 'MON', 'MONS', 'MONTHS'],
  week: ['WEEK', 'W', 'WK', 'WEEKOFYEAR', 'WOY', 'WY'],
  weekiso: ['WEEKISO', 'WEEK_ISO', 'WEEKOFYEARISO', 'WEEKOFYEAR_ISO'],
  day: ['DAY', 'D', 'DD', 'DAYS', 'DAYOFMONTH'],
  dayofweek: ['DAYOFWEEK', 'WEEKDAY', 'DOW', 'DW'],
  dayofweekiso: ['DAYOFWEEKISO', 'DAYOFWEEK_ISO', 'WEEKDAY_ISO', 'DOW_ISO', 'DW_ISO'],
  dayofyear: ['DAYOFYEAR', 'YEARDAY', 'DOY', 'DY'],
  hour: ['HOUR', 'H', 'HH', 'HR', 'HOURS', 'HRS'],
  minute: ['MINUTE', 'M', 'MI', 'MIN', 'MINUTES', 'MINS'],
  second: ['SECOND', 'S', 'SEC', 'SECONDS', 'SECS'],
  millisecond: ['MILLISECOND', 'MS', 'MSEC', 'MILLISECONDS'],
  microsecond: ['MICROSECOND', 'US', 'USEC', 'MICROSECONDS'],
  epoch_second: ['EPOCH_SECOND', 'EPOCH', 'EPOCH_SECONDS'],
  epoch_millisecond: ['EPOCH_MILLISECOND', 'EPOCH_MILLISECONDS'],
  yearofweekiso: ['YEAROFWEEKISO'],
  yearofweek: ['YEAROFWEEK'],
};
const bySpelling = new Map(Object.entries(spellings).flatMap(([part, names]) => names.map((name) => [name, part])));

/** The part that a word means, such as month for MM. */
export function datePart(word: string, at: SourcePosition): string {
  const part = bySpelling.get(word.toUpperCase());
  if (!part) throw unsupported(`date part ${word}`, at);
  return part;
}

/** Parts that a moment may be moved, cut or counted by. */
const units = new Set([
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
  'microsecond',
]);
const timeUnits = new Set(['hour', 'minute', 'second', 'millisecond', 'microsecond']);

export function dateUnit(word: string, at: SourcePosition): { unit: string; isTime: boolean } {
  const unit = datePart(word, at);
  if (!units.has(unit)) throw unsupported(`date part ${word} in this function`, at);
  return { unit, isTime: timeUnits.has(unit) };
}

/** DuckDB's expression for each part of a moment. */
export function partSql(part: string, moment: string): string {
  const names: Readonly<Record<string, string>> = {
    weekiso: 'week',
    dayofweekiso: 'isodow',
    yearofweekiso: 'isoyear',
    yearofweek: 'isoyear',
    epoch_second: 'epoch',
    dayofyear: 'dayofyear',
  };
  if (part === 'second') return `date_part('second', ${moment})`;
  if (part === 'epoch_millisecond') return `epoch_ms(${moment})`;
  if (part === 'millisecond' || part === 'microsecond')
    return `date_part('${part}', ${moment}) % ${part === 'millisecond' ? 1000 : 1_000_000}`;
  return `date_part('${names[part] ?? part}', ${moment})`;
}
