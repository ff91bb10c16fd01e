import type { RawRow } from './snowflake-driver';

/** So much text is parsed at a time: its values are garbage before they grow old. */
const SLICE_CHARACTERS = 65_536;

/**
 * The rows `from` to `to` (not included) of a chunk's text, `["1",null],["2","x"]`, parsed bit by bit as they are taken.
 */
export function* rowsOfText(
  text: string,
  from: number,
  to: number,
  sliceCharacters = SLICE_CHARACTERS,
): Generator<RawRow[]> {
  for (let at = 0, row = 0; at < text.length && row < to;) {
    const end = rowEnd(text, at + sliceCharacters);
    const rows = JSON.parse(`[${text.slice(at, end)}]`) as RawRow[];
    const wanted = rows.slice(Math.max(0, from - row), to - row);
    if (wanted.length > 0) yield wanted;
    row += rows.length;
    at = end + 1;
  }
}

/**
 * Where a row ends, at or after a place that may be anywhere: behind `"]`, with a comma after it, where that quote surely closes a
 * value. Within a value it has a backslash before it, and before one that opens a value stands a comma, a bracket or a blank; whichever
 * closing quote looks like these is passed over. The end of the text where there is none.
 */
function rowEnd(text: string, after: number): number {
  for (let at = after; (at = text.indexOf('"],', at)) >= 0; at += 1) {
    if (at > 0 && !'\\,[ \t\r\n'.includes(text.charAt(at - 1))) return at + 2;
  }
  return text.length;
}
