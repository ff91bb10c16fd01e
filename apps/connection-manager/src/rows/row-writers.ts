import type { Column } from '@snowflow/contracts/documents/column';
import type { DriverResult, RawRow } from '../driver/snowflake-driver';
import { toColumn } from '../statements/snowflake-type';
import { valueEncoder } from './value-encoder';

/** What goes before the rows, between them and after them. */
export interface RowWriter {
  contentType: string;
  head: string;
  row(row: RawRow, index: number): string;
  tail: string;
}

export interface PageEnd {
  rowCount: number;
  nextCursor: string | null;
}

/** The result shape of api.md: `{ columns, rows, rowCount, nextCursor }`. */
export function pageWriter(result: DriverResult, end: PageEnd): RowWriter {
  const encoders = result.columns.map(valueEncoder);
  const columns: Column[] = result.columns.map(toColumn);
  return {
    contentType: 'application/json; charset=utf-8',
    head: `{"columns":${JSON.stringify(columns)},"rows":[`,
    row: (row, index) => {
      const values = row.map((raw, at) => (raw === null ? 'null' : encoders[at]?.json(raw)));
      return `${index === 0 ? '' : ','}[${values.join(',')}]`;
    },
    tail: `],"rowCount":${end.rowCount},"nextCursor":${JSON.stringify(end.nextCursor)}}`,
  };
}

/** RFC 4180 with a header row; NULL is an empty field. */
export function csvWriter({ columns }: DriverResult): RowWriter {
  const encoders = columns.map(valueEncoder);
  const line = (fields: string[]) => `${fields.join(',')}\r\n`;
  return {
    contentType: 'text/csv; charset=utf-8; header=present',
    head: line(columns.map(({ name }) => csvField(name))),
    row: (row) => line(row.map((raw, at) => (raw === null ? '' : csvField(encoders[at]?.text(raw) ?? '')))),
    tail: '',
  };
}

/** One object a line; a column name that repeats gets a number. */
export function ndjsonWriter({ columns }: DriverResult): RowWriter {
  const encoders = columns.map(valueEncoder);
  const keys = uniqueNames(columns.map(({ name }) => name)).map((name) => JSON.stringify(name));
  return {
    contentType: 'application/x-ndjson; charset=utf-8',
    head: '',
    row: (row) =>
      `{${row.map((raw, at) => `${keys[at]}:${raw === null ? 'null' : encoders[at]?.json(raw)}`).join(',')}}\n`,
    tail: '',
  };
}

const csvField = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function uniqueNames(names: string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let number = 2; taken.has(unique); number += 1) unique = `${name}_${number}`;
    taken.add(unique);
    return unique;
  });
}
