import { cellText } from './cell-text';

const CHARACTER = 8.2;
const PADDING = 28;
const TYPE_MARK = 34;
const LEAST = 80;
const MOST = 320;
const SAMPLE = 50;

/** Widths that fit the names and the first rows; they stay as more rows come. */
export function columnWidths(
  columns: readonly { name: string }[],
  rows: readonly (readonly unknown[])[],
): readonly number[] {
  return columns.map(({ name }, index) => {
    const longest = rows
      .slice(0, SAMPLE)
      .reduce(
        (most, row) => Math.max(most, cellText(row[index]).length * CHARACTER),
        name.length * CHARACTER + TYPE_MARK,
      );
    return Math.round(Math.min(Math.max(longest + PADDING, LEAST), MOST));
  });
}
