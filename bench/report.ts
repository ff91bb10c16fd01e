/** One line of a benchmark's table: what was measured, the value with its unit, and how it compares. */
export interface Row {
  what: string;
  value: string;
  /** A ratio to another line of the same run, or the goal it is held against. */
  compared: string;
}

/** Prints a benchmark's rows as a Markdown table. */
export function print(title: string, rows: readonly Row[]): void {
  const width = (key: keyof Row) => Math.max(key.length, ...rows.map((row) => row[key].length));
  const widths = { what: width('what'), value: width('value'), compared: width('compared') };
  const line = (row: Row) =>
    `| ${row.what.padEnd(widths.what)} | ${row.value.padStart(widths.value)} | ${row.compared.padEnd(widths.compared)} |`;
  console.log(`\n## ${title}\n`);
  console.log(line({ what: 'what', value: 'value', compared: 'compared' }));
  console.log(`|${'-'.repeat(widths.what + 2)}|${'-'.repeat(widths.value + 2)}|${'-'.repeat(widths.compared + 2)}|`);
  for (const row of rows) console.log(line(row));
}
