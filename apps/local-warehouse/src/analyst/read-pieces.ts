import { grainOf, spanAt, type Grain, type Span } from './time-phrases';
import type { Meaning, Vocabulary } from './vocabulary';
import { wordsOf, type Word } from './words';

export type Comparison = '>' | '>=' | '<' | '<=' | '=';

/** What a part of a question says. `grouped`: it stands where the question says by what to group. */
export type Piece = { said: string } & (
  | { t: 'named'; meanings: readonly Meaning[]; grouped: boolean }
  | { t: 'span'; span: Span }
  | { t: 'grain'; grain: Grain; grouped: boolean }
  | { t: 'rank'; descending: boolean; limit: number | undefined }
  | { t: 'compare'; comparison: Comparison; number: string }
  | { t: 'unknown' }
);

const set = (text: string) => new Set(text.split(' '));
/** Words that a question means the same without. */
const FILLERS = set(
  'the a an of our we us you your me my is are was were be been did do does have has had there show list give tell what ' +
    'whats how much which who whose in for from with and or to on at all their its it they them please can could would see ' +
    'want find get as placed made where that whole overall sorted during only whom',
);
/** Words after which a dimension is what is listed. */
const LISTING = set('which what list show who');
/** Words that end what is listed by “by”. */
const LEAVING = set('for in with where from whose during of at on who that');
const HIGHEST = set('top best highest largest biggest most greatest');
const LOWEST = set('bottom worst lowest smallest fewest least');
const COMPARISONS: readonly (readonly [string, Comparison])[] = [
  ['more than', '>'],
  ['greater than', '>'],
  ['larger than', '>'],
  ['higher than', '>'],
  ['less than', '<'],
  ['fewer than', '<'],
  ['lower than', '<'],
  ['smaller than', '<'],
  ['at least', '>='],
  ['at most', '<='],
  ['equal to', '='],
  ['exactly', '='],
  ['over', '>'],
  ['above', '>'],
  ['under', '<'],
  ['below', '<'],
];
const COUNTING = wordsOf('number of');
const isNumber = (word: Word | undefined) => word !== undefined && /^\d+(?:\.\d+)?$/.test(word.said);

/** Cuts a question into pieces, each of which a model or the grammar knows, or nobody. */
export class PieceReader {
  private readonly words: Word[];
  private readonly pieces: Piece[] = [];
  private index = 0;
  private grouped = false;
  /** The 3 of “which 3 nations”, until a ranking takes it. */
  private limit: Word | undefined;
  /** “Number of” was said, and what is counted comes after other words. */
  private counting = false;

  constructor(
    question: string,
    private readonly vocabulary: Vocabulary,
  ) {
    const counted = question.replace(/\b(?:how many|count of|total number of)\b/gi, 'number of');
    this.words = wordsOf(counted);
  }

  read(): Piece[] {
    const [first] = this.words;
    this.grouped = first !== undefined && LISTING.has(first.said);
    while (this.index < this.words.length) this.readOne();
    if (this.limit) this.add({ t: 'unknown', said: this.limit.said }, 0);
    if (this.counting) this.add({ t: 'unknown', said: 'number of' }, 0);
    return this.pieces;
  }

  private said(length: number): string {
    return this.words
      .slice(this.index, this.index + length)
      .map(({ said }) => said)
      .join(' ');
  }

  private add(piece: Piece, length: number): void {
    this.pieces.push(piece);
    this.index += length;
  }

  private readOne(): void {
    const word = this.words[this.index];
    if (!word) return;
    const found = this.vocabulary.at(this.words, this.index);
    const phrase = found && this.isStray(word, found.meanings) ? undefined : found;
    if (this.count(phrase?.meanings ?? []) || this.quantity(word)) return;
    if (phrase && phrase.length > 1) return this.addNamed(phrase.meanings, phrase.length);
    if (this.comparison() || this.grouping() || this.rank(word) || this.time(word)) return;
    if (phrase) return this.addNamed(phrase.meanings, 1);
    if (!FILLERS.has(word.said) && !this.isTotal(word)) return this.add({ t: 'unknown', said: word.said }, 1);
    if (LEAVING.has(word.said)) this.grouped = false;
    this.index += 1;
  }

  /** A letter that is a value too, such as “a”, is one only after its dimension or another value. */
  private isStray({ said }: Word, meanings: readonly Meaning[]): boolean {
    if (said.length > 2 || !meanings.every(({ kind }) => kind === 'value')) return false;
    const before = this.pieces.at(-1);
    return before?.t !== 'named' || !before.meanings.some(({ kind }) => kind === 'dimension' || kind === 'value');
  }

  private addNamed(meanings: readonly Meaning[], length: number): void {
    this.add({ t: 'named', meanings, grouped: this.grouped, said: this.said(length) }, length);
  }

  /** “Number of urgent orders”: the noun is counted, whatever is said of it before. */
  private count(meanings: readonly Meaning[]): boolean {
    if (this.counting && meanings.some(({ kind }) => kind === 'table')) {
      const counted = this.countedAt(this.index);
      if (!counted) return false;
      this.counting = false;
      this.addNamed(counted.meanings, counted.length);
      return true;
    }
    if (meanings.length > 0 || this.said(2) !== 'number of') return false;
    this.counting = true;
    this.index += 2;
    return true;
  }

  private quantity(word: Word): boolean {
    const before = this.words[this.index - 1];
    const after = this.words[this.index + 1]?.said ?? '';
    const isRanked = LISTING.has(before?.said ?? '') || HIGHEST.has(after) || LOWEST.has(after);
    if (!/^[1-9]\d{0,2}$/.test(word.said) || !isRanked || this.limit) return false;
    this.limit = word;
    this.index += 1;
    return true;
  }

  /** “More than 5”, and “more than 5 orders” where orders can be counted. */
  private comparison(): boolean {
    for (const [words, comparison] of COMPARISONS) {
      const length = words.split(' ').length;
      const number = this.words[this.index + length];
      if (this.said(length) !== words || !number || !isNumber(number)) continue;
      this.grouped = false;
      const said = this.said(length + 1);
      const counted = this.countedAt(this.index + length + 1);
      if (counted) {
        const phrase = `${said} ${this.words
          .slice(this.index + length + 1, this.index + length + 1 + counted.length)
          .map((word) => word.said)
          .join(' ')}`;
        this.pieces.push({ t: 'named', meanings: counted.meanings, grouped: false, said: phrase });
        this.index += counted.length;
      }
      this.add({ t: 'compare', comparison, number: number.said, said }, length + 1);
      return true;
    }
    return false;
  }

  /** What a noun is counted by: “orders” by the number of orders. */
  private countedAt(index: number): { meanings: readonly Meaning[]; length: number } | undefined {
    const found = this.vocabulary.at([...COUNTING, ...this.words.slice(index)], 0);
    return found && found.length > COUNTING.length ? { ...found, length: found.length - COUNTING.length } : undefined;
  }

  private grouping(): boolean {
    const opening = [
      'broken down by',
      'grouped by',
      'split by',
      'for each',
      'for every',
      'in each',
      'in every',
      'by',
      'per',
      'each',
      'every',
      'across',
    ];
    const found = opening.find((words) => this.said(words.split(' ').length) === words);
    if (!found) return false;
    this.grouped = true;
    this.index += found.split(' ').length;
    return true;
  }

  private rank(word: Word): boolean {
    const descending = HIGHEST.has(word.said);
    if (!descending && !LOWEST.has(word.said)) return false;
    const next = this.words[this.index + 1];
    const isLimited = next !== undefined && isNumber(next) && /^\d{1,6}$/.test(next.said);
    const isTop = word.said === 'top' || word.said === 'bottom';
    const length = isLimited ? 2 : 1;
    const said = this.said(length);
    const counted = isTop ? undefined : this.countedAt(this.index + length);
    const limit = isLimited ? next : this.limit;
    if (!isLimited) this.limit = undefined;
    this.add({ t: 'rank', descending, limit: limit && Number(limit.said), said }, length);
    if (counted) this.addNamed(counted.meanings, counted.length);
    else this.grouped = isTop || isLimited;
    return true;
  }

  private time(word: Word): boolean {
    const found = spanAt(this.words, this.index);
    if (found) {
      this.grouped = false;
      this.add({ t: 'span', span: found.span, said: this.said(found.length) }, found.length);
      return true;
    }
    const unit = grainOf(word);
    if (!unit || !(unit.grouped || this.grouped)) return false;
    this.add({ t: 'grain', grain: unit.grain, grouped: true, said: word.said }, 1);
    return true;
  }

  /** A total is what a sum or a count is anyway. */
  private isTotal({ said }: Word): boolean {
    if (said !== 'total') return false;
    const next = this.vocabulary.at(this.words, this.index + 1);
    return (
      next?.meanings.some(
        (meaning) => meaning.kind === 'metric' && /^\s*(?:SUM|COUNT)\s*\(/i.test(meaning.metric.expr),
      ) ?? false
    );
  }
}
