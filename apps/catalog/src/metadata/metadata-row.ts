import type { MetadataRows } from '@snowflow/contracts/connections/connections.dto';

type Cell = MetadataRows['rows'][number][number];

/** One row of SHOW or DESCRIBE, read by column name: their columns differ between kinds and versions. */
export class MetadataRow {
  constructor(private readonly cells: ReadonlyMap<string, Cell>) {}

  /** A text; null where it is empty or not there. */
  text(column: string): string | null {
    const cell = this.cells.get(column);
    return cell === undefined || cell === null || cell === '' ? null : String(cell);
  }

  /** A whole number that JSON holds exactly; else null. */
  whole(column: string): number | null {
    const text = this.text(column);
    const value = text === null ? Number.NaN : Number(text);
    return Number.isSafeInteger(value) && value >= 0 ? value : null;
  }

  /** Y, true or YES. */
  flag(column: string): boolean {
    return /^(?:y|yes|true)$/i.test(this.text(column) ?? '');
  }

  /** A moment as ISO-8601 UTC; null where it can't be read as one. */
  moment(column: string): string | null {
    const text = this.text(column);
    const time = text === null ? Number.NaN : Date.parse(text);
    return Number.isNaN(time) ? null : new Date(time).toISOString();
  }
}

export function rowsByName({ columns, rows }: MetadataRows): MetadataRow[] {
  const names = columns.map((column) => column.toLowerCase());
  return rows.map((cells) => new MetadataRow(new Map(cells.map((cell, index) => [names[index] ?? '', cell]))));
}
