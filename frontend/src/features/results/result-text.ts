import { cellText } from './cell-text';

type Columns = readonly { name: string }[];
type Rows = readonly (readonly unknown[])[];

/** Rows as a JSON array of objects, a property for each column. */
export function asJson(columns: Columns, rows: Rows): string {
  const objects = rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
  return JSON.stringify(objects, null, 2);
}

/** Rows as plain text: a line for each value of the first column where it is the only one, else `NAME: value` lines and a blank line between rows. */
export function asPlainText(columns: Columns, rows: Rows): string {
  if (columns.length === 1) return rows.map((row) => cellText(row[0])).join('\n');
  return rows
    .map((row) => columns.map(({ name }, index) => `${name}: ${cellText(row[index])}`).join('\n'))
    .join('\n\n');
}
