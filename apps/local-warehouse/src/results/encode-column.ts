import { duckdbType, type SnowflakeType } from '../sql/snowflake-type';

const seconds = (micros: string) =>
  `((${micros}) - ((${micros}) % 1000000 + 1000000) % 1000000) // 1000000 || '.' || lpad((((${micros}) % 1000000 + 1000000) % 1000000)::VARCHAR, 6, '0') || '000'`;

/** SQL that writes a column's value in the wire's text form. */
export function encodeColumn(column: string, type: SnowflakeType): string {
  switch (type.kind) {
    case 'boolean':
      return `CASE WHEN ${column} THEN '1' WHEN NOT ${column} THEN '0' END`;
    case 'date':
      return `(${column} - DATE '1970-01-01')::VARCHAR`;
    case 'time':
    case 'timestamp_ntz':
    case 'timestamp_ltz':
      return seconds(`epoch_us(${column})`);
    case 'timestamp_tz':
      return `${seconds(`epoch_us(${column})`)} || ' 1440'`;
    case 'binary':
      return `hex(${column})`;
    case 'fixed':
      return `CAST(${column} AS ${duckdbType(type)})::VARCHAR`;
    case 'real':
      return `sf_real_text(${column})`;
    default:
      return `${column}::VARCHAR`;
  }
}

/** SQL that reads back what `encodeColumn` wrote. */
export function decodeColumn(value: string, type: SnowflakeType): string {
  switch (type.kind) {
    case 'boolean':
      return `(${value} = '1')`;
    case 'date':
      return `(DATE '1970-01-01' + CAST(${value} AS INTEGER))`;
    case 'time':
      return `(TIME '00:00:00' + to_microseconds(${micros(value)}))`;
    case 'timestamp_ntz':
      return `make_timestamp(${micros(value)})`;
    case 'timestamp_ltz':
    case 'timestamp_tz':
      return `CAST(make_timestamp(${micros(`split_part(${value}, ' ', 1)`)}) AS TIMESTAMPTZ)`;
    case 'binary':
      return `unhex(${value})`;
    default:
      return `CAST(${value} AS ${duckdbType(type)})`;
  }
}

/** Seconds with nine decimals to microseconds. */
const micros = (value: string) => `CAST(CAST(${value} AS DECIMAL(28,9)) * 1000000 AS BIGINT)`;
