import { isNumeric } from '../results/cell-text';

export interface ChartColumn {
  name: string;
  type: string;
}

/** How Vega-Lite takes the values of a column. */
export type Measurement = 'quantitative' | 'temporal' | 'nominal';
/** A row as it is drawn: by the column's place, since names of columns may hold anything. */
export type ChartRow = Record<string, string | number | null>;

/** What a column measures: numbers, days and moments, or else a name. A time of day is a name. */
export function measurementOf({ type }: ChartColumn): Measurement {
  if (isNumeric(type)) return 'quantitative';
  return /^(DATE|TIMESTAMP)/i.test(type) ? 'temporal' : 'nominal';
}

/** The field that a column's values stand in. */
export const fieldAt = (index: number): string => `c${index}`;

/** Rows of a result as a chart takes them. A number too long for JSON comes as text, and a moment as milliseconds; what is neither is left out. */
export function chartRows(columns: readonly ChartColumn[], rows: readonly (readonly unknown[])[]): ChartRow[] {
  const readers = columns.map((column) => READERS[measurementOf(column)]);
  return rows.map((row) => Object.fromEntries(readers.map((read, index) => [fieldAt(index), read(row[index])])));
}

const READERS: Record<Measurement, (value: unknown) => string | number | null> = {
  quantitative: (value) => finite(typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
  temporal: (value) => (typeof value === 'string' ? finite(Date.parse(zoned(value))) : null),
  nominal: (value) => {
    if (value === null || value === undefined) return null;
    return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
  },
};

const finite = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** Without a zone a moment is read as UTC, as the axis shows it: else it would move by the reader's own. */
const zoned = (moment: string) => (/T[\d:.]+$/.test(moment) ? `${moment}Z` : moment);
