/** Days from 0000-03-01, where the civil calendar's years of 366 days end, to the epoch; and days in 400 of its years. */
const DAYS_TO_EPOCH = 719_468;
const ERA_DAYS = 146_097;

/** `YYYY-MM-DD` of days since the epoch. Counted, not asked of Date: a result may hold millions. */
export function isoDate(days: string): string {
  const day = Number(days) + DAYS_TO_EPOCH;
  const era = Math.floor(day / ERA_DAYS);
  const ofEra = day - era * ERA_DAYS;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1)}`;
}

const twoDigits = (value: number) => (value < 10 ? `0${value}` : String(value));

/** `HH:MM:SS.fff` of seconds since midnight, with the column's digits. */
export const isoTime = (seconds: string, scale: number) => isoTimestamp(seconds, scale).slice(11);

/** `YYYY-MM-DDTHH:MM:SS.fff` of decimal seconds since the epoch, with the column's digits; read in UTC. */
export function isoTimestamp(decimal: string, scale: number, offsetMinutes = 0): string {
  const negative = decimal.startsWith('-');
  const [whole = '0', digits = ''] = decimal.replace('-', '').split('.');
  const fraction = BigInt(digits.padEnd(9, '0').slice(0, 9));
  const below = negative && fraction > 0n;
  const seconds = (negative ? -Number(whole) : Number(whole)) - (below ? 1 : 0);
  const nanos = below ? 1_000_000_000n - fraction : fraction;
  const text = new Date((seconds + offsetMinutes * 60) * 1000).toISOString().slice(0, -5);
  return scale === 0 ? text : `${text}.${nanos.toString().padStart(9, '0').slice(0, scale)}`;
}

/** With its offset; the protocol writes `<seconds> <offset in minutes + 1440>`. */
export function isoTimestampWithZone(raw: string, scale: number): string {
  const [decimal = '0', zone = '1440'] = raw.split(' ');
  const offset = Number(zone) - 1440;
  const size = Math.abs(offset);
  return `${isoTimestamp(decimal, scale, offset)}${offset < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}
