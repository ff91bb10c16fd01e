const DAY_SECONDS = 86_400;

/** `YYYY-MM-DD` of days since the epoch. */
export const isoDate = (days: string) => new Date(Number(days) * DAY_SECONDS * 1000).toISOString().slice(0, 10);

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
  const two = (value: number) => String(value).padStart(2, '0');
  return `${isoTimestamp(decimal, scale, offset)}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
