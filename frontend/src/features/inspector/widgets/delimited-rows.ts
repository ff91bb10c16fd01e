/** A cell as it was pasted: an empty one is nothing, a quoted empty one an empty text. */
export type PastedCell = string | number | boolean | null;

const SEPARATORS = ['\t', ',', ';', '|'];

/** Rows of a sheet (tabs) or of CSV; quotes as RFC 4180 has them. */
export function delimitedRows(text: string): PastedCell[][] {
  const separator = separatorOf(text);
  const rows: PastedCell[][] = [];
  let row: PastedCell[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    row.push(quoted ? cell : cell.trim() || null);
    [cell, quoted] = ['', false];
  };
  const endRow = () => {
    endCell();
    if (row.some((one) => one !== null)) rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (sign === '"' && cell.trim() === '' && !quoted) {
      const end = closingQuote(text, at + 1);
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      [quoted, at] = [true, end];
    } else if (sign === separator) endCell();
    else if (sign === '\n') endRow();
    else if (sign !== '\r' && !quoted) cell += sign;
  }
  endRow();
  return rows;
}

/** Where the text in quotes ends; at the end of all where it is never closed. */
function closingQuote(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text[at] !== '"' || text[at + 1] === '"')) at += text[at] === '"' ? 2 : 1;
  return at;
}

/** The sign that parts the cells of the first line. */
function separatorOf(text: string): string {
  const [line = ''] = text
    .replaceAll(/"(?:[^"]|"")*"/g, '')
    .trimStart()
    .split('\n');
  const counts = SEPARATORS.map((separator) => line.split(separator).length);
  const most = Math.max(...counts);
  return (most > 1 && SEPARATORS[counts.indexOf(most)]) || ',';
}
