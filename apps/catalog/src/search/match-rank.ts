/** How well a text fits: itself, at the start, at the start of a word within, anywhere. */
export const RANKS = ['exact', 'prefix', 'word', 'part'] as const;

/** Lower case, one character for each: where a language makes two of one, offsets would no longer fit. */
export function folded(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

const isWordCharacter = (code: number) => (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || code > 127;
const isDigit = (code: number) => code >= 48 && code <= 57;

/** The rank (an index of RANKS) of `wanted` in the folded name that stands in `text` from `start` to `end`; -1: it isn't there. */
export function rankIn(text: string, start: number, end: number, wanted: string, firstAt: number): number {
  if (firstAt < 0 || firstAt + wanted.length > end) return -1;
  if (firstAt === start) return end - start === wanted.length ? 0 : 1;
  for (let at = firstAt; at >= 0 && at + wanted.length <= end; at = text.indexOf(wanted, at + 1)) {
    if (startsWord(text, at)) return 2;
  }
  return 3;
}

/** After anything that is no letter or digit, and where digits and letters meet. */
function startsWord(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return !isWordCharacter(before) || isDigit(before) !== isDigit(text.charCodeAt(at));
}
