import { text as quoted } from '../engine/quote';
import type { CompiledQuery } from './environment';
import {
  boolean,
  duckdbType,
  integer,
  text,
  timestampLtz,
  type ResultColumn,
  type SnowflakeType,
} from './snowflake-type';

export type PlainValue = string | number | boolean | Date | null | SqlValue;

/** A value that DuckDB finds out itself, such as a count of rows. */
export interface SqlValue {
  sql: string;
}

/** A column of a relation whose rows this process knows. */
export interface PlainColumn<Row> {
  name: string;
  type: SnowflakeType;
  value(row: Row): PlainValue;
}

export const textColumn = <Row>(name: string, value: (row: Row) => string | null) => ({ name, type: text, value });
export const numberColumn = <Row>(name: string, value: (row: Row) => number | SqlValue | null) => ({
  name,
  type: integer,
  value,
});
export const booleanColumn = <Row>(name: string, value: (row: Row) => boolean | null) => ({
  name,
  type: boolean,
  value,
});
export const timeColumn = <Row>(name: string, value: (row: Row) => Date | null) => ({
  name,
  type: timestampLtz,
  value,
});

function literal(value: PlainValue, type: SnowflakeType): string {
  const target = duckdbType(type);
  if (value === null) return `CAST(NULL AS ${target})`;
  if (typeof value === 'object' && 'sql' in value) return `CAST(${value.sql} AS ${target})`;
  if (value instanceof Date) return `CAST(${quoted(value.toISOString())} AS ${target})`;
  return `CAST(${quoted(String(value))} AS ${target})`;
}

/** Rows as a query, so that SQL can filter, join and sort them like any other. */
export function rowsRelation<Row>(rows: readonly Row[], definition: readonly PlainColumn<Row>[]): CompiledQuery {
  const columns: ResultColumn[] = definition.map(({ name, type }) => ({ name, type, nullable: true }));
  const names = definition.map((_, index) => `c${index}`).join(', ');
  if (rows.length === 0) {
    const nothing = definition.map(({ type }, index) => `CAST(NULL AS ${duckdbType(type)}) AS c${index}`);
    return { sql: `SELECT ${nothing.join(', ')} WHERE FALSE`, columns };
  }
  const lines = rows.map((row) => `(${definition.map(({ type, value }) => literal(value(row), type)).join(', ')})`);
  return { sql: `SELECT * FROM (VALUES ${lines.join(', ')}) v(${names})`, columns };
}
