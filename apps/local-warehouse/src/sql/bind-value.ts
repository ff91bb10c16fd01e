import type { SourcePosition } from '../statements/warehouse-error';
import { unsupported, WarehouseError } from '../statements/warehouse-error';
import type { CompileContext } from './compile-context';
import {
  boolean,
  date,
  fixed,
  real,
  text,
  timestampLtz,
  timestampNtz,
  variant,
  type SnowflakeType,
} from './snowflake-type';
import type { Typed } from './typed';

/** How each kind of bind is read; DuckDB gets every bind as text. */
const readers: Readonly<Record<string, { type: SnowflakeType; sql: (value: string) => string }>> = {
  FIXED: { type: fixed(38, 0), sql: (value) => `CAST(${value} AS DECIMAL(38,0))` },
  REAL: { type: real, sql: (value) => `CAST(${value} AS DOUBLE)` },
  TEXT: { type: text, sql: (value) => value },
  BOOLEAN: { type: boolean, sql: (value) => `sf_to_boolean(${value})` },
  VARIANT: { type: variant, sql: (value) => `CAST(${value} AS JSON)` },
  DATE: { type: date, sql: (value) => `CAST(make_timestamp(CAST(${value} AS BIGINT) * 1000) AS DATE)` },
  TIMESTAMP_NTZ: { type: timestampNtz, sql: (value) => `make_timestamp(CAST(${value} AS HUGEINT) // 1000)` },
  TIMESTAMP_LTZ: {
    type: timestampLtz,
    sql: (value) => `CAST(make_timestamp(CAST(CAST(${value} AS HUGEINT) // 1000 AS BIGINT)) AS TIMESTAMPTZ)`,
  },
};

/** A `?` or `:n`. */
export function bindValue({ index, at }: { index: number; at: SourcePosition }, context: CompileContext): Typed {
  const bind = context.statement.request.binds[index - 1];
  if (!bind) throw new WarehouseError('002049', '42601', 'SQL compilation error:\nBind variable ? not set.', at);
  if (Array.isArray(bind.value) && !context.manyRows) throw unsupported('array binds outside of INSERT … VALUES', at);
  const reader = readers[bind.type.toUpperCase()];
  if (!reader) throw unsupported(`binds of type ${bind.type}`, at);
  const sql = reader.sql(`CAST($${context.bindNumber(index)} AS VARCHAR)`);
  return { sql, type: reader.type, nullable: true, at };
}
