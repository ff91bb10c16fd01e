import type { Word } from './words';

/** Days from the first one up to, and without, the other; each may be open. */
export interface Span {
  from?: string;
  to?: string;
}

export const GRAINS = ['year', 'quarter', 'month', 'week', 'day'] as const;
export type Grain = (typeof GRAINS)[number];

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const ADVERBS: Readonly<Record<string, Grain>> = {
  yearly: 'year',
  annual: 'year',
  annually: 'year',
  quarterly: 'quarter',
  monthly: 'month',
  weekly: 'week',
  daily: 'day',
};

const day = (year: number, month: number) =>
  `${year + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
const months = (year: number, first: number, count: number): Span => ({
  from: day(year, first),
  to: day(year, first + count),
});

const yearOf = (word: Word | undefined) => (word && /^(?:19|20)\d\d$/.test(word.said) ? Number(word.said) : undefined);
const monthOf = (word: Word | undefined) => (word ? MONTHS.findIndex((month) => month === word.said) : -1);
const quarterOf = (word: Word | undefined) => (word && /^q[1-4]$/.test(word.said) ? Number(word.said[1]) - 1 : -1);

/** A point or span of time that begins at a place: a year, a month or a quarter of one, or what is between, before or after. */
export function spanAt(words: readonly Word[], index: number): { span: Span; length: number } | undefined {
  const said = (offset: number) => words[index + offset]?.said;
  const opening = said(0);
  const single = periodAt(words, index);
  if (single) return single;
  if (opening === 'between' || opening === 'from') return betweenAt(words, index);
  const after = periodAt(words, index + 1);
  if (!after) return undefined;
  const length = after.length + 1;
  if (opening === 'since') return { span: { from: after.span.from }, length };
  if (opening === 'after') return { span: { from: after.span.to }, length };
  if (opening === 'before') return { span: { to: after.span.from }, length };
  if (opening === 'until' || opening === 'till') return { span: { to: after.span.to }, length };
  return undefined;
}

function betweenAt(words: readonly Word[], index: number): { span: Span; length: number } | undefined {
  const first = periodAt(words, index + 1);
  if (!first) return undefined;
  const link = words[index + 1 + first.length]?.said;
  const second = periodAt(words, index + 2 + first.length);
  const links = words[index]?.said === 'between' ? ['and'] : ['to', 'until', 'till', 'through'];
  if (!second || link === undefined || !links.includes(link)) return undefined;
  return { span: { from: first.span.from, to: second.span.to }, length: first.length + second.length + 2 };
}

function periodAt(words: readonly Word[], index: number): { span: Span; length: number } | undefined {
  const [first, second] = [words[index], words[index + 1]];
  const year = yearOf(first);
  if (year !== undefined) {
    const quarter = quarterOf(second);
    return quarter >= 0 ? { span: months(year, quarter * 3, 3), length: 2 } : { span: months(year, 0, 12), length: 1 };
  }
  const later = yearOf(second);
  if (later === undefined) return undefined;
  if (quarterOf(first) >= 0) return { span: months(later, quarterOf(first) * 3, 3), length: 2 };
  return monthOf(first) >= 0 ? { span: months(later, monthOf(first), 1), length: 2 } : undefined;
}

/** A unit of time that rows are grouped by; `grouped` is said by the word itself, as in “monthly”. */
export function grainOf({ said, stem }: Word): { grain: Grain; grouped: boolean } | undefined {
  const adverb = ADVERBS[said];
  if (adverb) return { grain: adverb, grouped: true };
  const grain = GRAINS.find((unit) => unit === stem);
  return grain && { grain, grouped: false };
}
