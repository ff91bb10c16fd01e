import type { PlainValue } from '../sql/rows-relation';

/** A value that this process knows, in the wire's text form; as `encodeColumn` has DuckDB write it. */
export function plainCell(value: Exclude<PlainValue, { sql: string }>): string | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (!(value instanceof Date)) return String(value);
  const ms = value.getTime();
  const seconds = Math.floor(ms / 1000);
  return `${seconds}.${String(ms - seconds * 1000).padStart(3, '0')}000000`;
}
