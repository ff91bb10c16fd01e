import type { RawColumn } from '../driver/snowflake-driver';
import { isoDate, isoTime, isoTimestamp, isoTimestampWithZone } from './snowflake-time';

/** How a column's values leave us: as a piece of JSON, or as the text of a CSV field. By column, never by value. */
export interface ValueEncoder {
  json(raw: string): string;
  text(raw: string): string;
}

/** Up to here every integer is a double. */
const SAFE_PRECISION = 15;

const quoted = (text: (raw: string) => string): ValueEncoder => ({ json: (raw) => JSON.stringify(text(raw)), text });
const asIs = quoted((raw) => raw);
const isTrue = (raw: string) => String(raw === '1' || raw.toLowerCase() === 'true');

const integer: ValueEncoder = {
  json: (raw) => (/^-?(?:0|[1-9]\d*)$/.test(raw) ? raw : String(Number(raw))),
  text: (raw) => raw,
};
const float: ValueEncoder = {
  json: (raw) => (Number.isFinite(Number(raw)) ? JSON.stringify(Number(raw)) : JSON.stringify(raw)),
  text: (raw) => raw,
};
const semiStructured: ValueEncoder = { json: oneLineJson, text: (raw) => oneLine(raw) };

/** The encoding of api.md, "Rows". */
export function valueEncoder({ type, precision, scale }: RawColumn): ValueEncoder {
  const digits = scale ?? 9;
  switch (type) {
    case 'fixed':
      return (scale ?? 0) === 0 && (precision ?? 38) <= SAFE_PRECISION ? integer : asIs;
    case 'real':
      return float;
    case 'boolean':
      return { json: isTrue, text: isTrue };
    case 'date':
      return quoted(isoDate);
    case 'time':
      return quoted((raw) => isoTime(raw, digits));
    case 'timestamp_ntz':
      return quoted((raw) => isoTimestamp(raw, digits));
    case 'timestamp_ltz':
      return quoted((raw) => `${isoTimestamp(raw, digits)}Z`);
    case 'timestamp_tz':
      return quoted((raw) => isoTimestampWithZone(raw, digits));
    case 'variant':
    case 'object':
    case 'array':
    case 'map':
    case 'vector':
    case 'geography':
    case 'geometry':
      return semiStructured;
    default:
      return asIs;
  }
}

/** JSON goes through as Snowflake wrote it, so that its numbers keep their digits; what is not JSON becomes a string. */
function oneLineJson(raw: string): string {
  try {
    JSON.parse(raw);
    return oneLine(raw);
  } catch {
    return JSON.stringify(raw);
  }
}

/** A line break in JSON text only ever stands between its tokens. */
const oneLine = (json: string) => json.replace(/\s*[\r\n]+\s*/g, '');
