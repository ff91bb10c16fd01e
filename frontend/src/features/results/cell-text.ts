/** A value of a result as the grid shows it and as it is copied. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Whether a Snowflake type holds numbers, which stand right. */
export function isNumeric(type: string): boolean {
  return /^(NUMBER|DECIMAL|FLOAT|DOUBLE|REAL|INT)/i.test(type);
}

/** Tab-separated values as spreadsheets paste them: a cell with a tab, a line break or a quote is quoted. */
export function tsv(rows: readonly (readonly unknown[])[]): string {
  const cell = (value: unknown) => {
    const text = cellText(value);
    return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => row.map(cell).join('\t')).join('\n');
}
