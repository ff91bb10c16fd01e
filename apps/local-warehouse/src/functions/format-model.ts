import { unsupported, type SourcePosition } from '../statements/warehouse-error';

/** Snowflake's elements of date formats and DuckDB's for the same; the longest first. */
const elements: readonly [string, string][] = [
  ['YYYY', '%Y'],
  ['MMMM', '%B'],
  ['HH24', '%H'],
  ['HH12', '%I'],
  ['FF9', '%n'],
  ['FF6', '%f'],
  ['FF3', '%g'],
  ['MON', '%b'],
  ['TZH:TZM', '+00:00'],
  ['TZHTZM', '+0000'],
  ['YY', '%y'],
  ['MM', '%m'],
  ['DD', '%d'],
  ['DY', '%a'],
  ['MI', '%M'],
  ['SS', '%S'],
  ['FF', '%n'],
  ['AM', '%p'],
  ['PM', '%p'],
];

/** A date format in DuckDB's words; one with an element that is not known is refused. */
export function dateFormat(format: string, at: SourcePosition): string {
  let rest = format;
  let result = '';
  while (rest) {
    const upper = rest.toUpperCase();
    const element = elements.find(([name]) => upper.startsWith(name));
    const literal = /^(?:"([^"]*)"|([^A-Za-z"]))/.exec(rest);
    if (element) {
      result += element[1];
      rest = rest.slice(element[0].length);
    } else if (literal) {
      result += (literal[1] ?? literal[2] ?? '').replaceAll('%', '%%');
      rest = rest.slice(literal[0].length);
    } else if (/^T/i.test(rest)) {
      result += 'T';
      rest = rest.slice(1);
    } else throw unsupported(`date format '${format}'`, at);
  }
  return result;
}

/** SQL that writes a number by a format of digits: 9 and 0, commas, one point; anything else is refused. */
export function numberFormat(sql: string, format: string, at: SourcePosition): string {
  const trimmed = /^FM/i.test(format);
  const model = format.replace(/^FM/i, '');
  const [, whole = '', fraction] = /^([9,]*0*)(?:\.([90]*))?$/.exec(model) ?? [];
  if (!whole || whole.endsWith(',')) throw unsupported(`number format '${format}'`, at);
  const decimals = fraction?.length ?? 0;
  const rounded = `CAST(${sql} AS DECIMAL(38,${decimals}))`;
  const zeros = /0*$/.exec(whole)?.[0].length ?? 0;
  const grouped = whole.includes(',');
  const digits = `format('{:${grouped ? ',' : ''}}', CAST(trunc(abs(${rounded})) AS BIGINT))`;
  const padded =
    zeros > 1 && !grouped ? `lpad(${digits}, CAST(greatest(length(${digits}), ${zeros}) AS INTEGER), '0')` : digits;
  const tail = decimals > 0 ? ` || '.' || right(CAST(${rounded} AS VARCHAR), ${decimals})` : '';
  const sign = `CASE WHEN ${rounded} < 0 THEN '-' ELSE '' END`;
  const body = `(${sign} || ${padded}${tail})`;
  const fits = `length(${digits}) > ${whole.length}`;
  const text = trimmed ? body : `lpad(${body}, ${model.length + 1}, ' ')`;
  return `CASE WHEN ${fits} THEN repeat('#', ${model.length + 1}) ELSE ${text} END`;
}
