import type { SearchHit, SearchKind } from '@snowflow/contracts/catalog/search.dto';
import { hitOf, IndexEntry, inOrder, kindNumber, kindOfNumber, lineOf } from './index-entry';
import { folded } from './match-rank';

type Place = [database: string, schema: string | null];

/** An index as text that can be kept. */
export interface PackedIndex {
  asOfMs: number;
  complete: boolean;
  places: Place[];
  /** For each object: its kind and place, as numbers. */
  kinds: number[];
  placed: number[];
  /** For each object a line: its folded name, which is searched, and what is answered. */
  names: string;
  lines: string;
}

export function packed(entries: IndexEntry[], asOfMs: number, complete: boolean): PackedIndex {
  // What has several forms under one name, as overloaded functions have, is one thing to find.
  const sorted = entries
    .toSorted(inOrder)
    .filter((entry, at, all) => !at || inOrder(all[at - 1] ?? entry, entry) !== 0);
  const numbers = new Map<string, number>();
  const places: Place[] = [];
  const placeNumber = ({ database, schema }: IndexEntry) => {
    const key = JSON.stringify([database, schema]);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, places.length);
    return places.push([database, schema]) - 1;
  };
  return {
    asOfMs,
    complete,
    kinds: sorted.map(({ kind }) => kindNumber(kind)),
    placed: sorted.map(placeNumber),
    places,
    names: sorted.map(({ name }) => oneLine(folded(name))).join('\n'),
    lines: sorted.map(lineOf).join('\n'),
  };
}

/** All that one role may see, in a few flat texts and arrays: a search walks 100,000 names in a few milliseconds. */
export class SearchIndex {
  readonly asOfMs: number;
  readonly complete: boolean;
  readonly size: number;
  readonly names: string;
  readonly places: readonly Place[];
  private readonly kinds: Uint8Array;
  private readonly placed: Uint32Array;
  private readonly lines: string;
  private readonly nameStarts: Uint32Array;
  private readonly lineStarts: Uint32Array;

  constructor(index: PackedIndex) {
    this.asOfMs = index.asOfMs;
    this.complete = index.complete;
    this.places = index.places;
    this.size = index.kinds.length;
    this.kinds = Uint8Array.from(index.kinds);
    this.placed = Uint32Array.from(index.placed);
    this.lines = index.lines;
    this.lineStarts = startsOf(index.lines, this.size);
    this.names = index.names;
    this.nameStarts = startsOf(this.names, this.size);
  }

  /** What it takes in memory, about. */
  get bytes(): number {
    return 2 * (this.names.length + this.lines.length) + 13 * this.size + 100 * this.places.length;
  }

  kind(at: number): SearchKind {
    return kindOfNumber(this.kinds[at] ?? 0);
  }

  place(at: number): number {
    return this.placed[at] ?? 0;
  }

  nameStart(at: number): number {
    return this.nameStarts[at] ?? 0;
  }

  nameEnd(at: number): number {
    return at + 1 < this.size ? this.nameStart(at + 1) - 1 : this.names.length;
  }

  /** Which object's name stands at an offset of `names`. */
  at(offset: number): number {
    let [low, high] = [0, this.size - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.nameStart(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  hit(at: number): SearchHit {
    const [database, schema] = this.places[this.place(at)] ?? ['', null];
    const end = at + 1 < this.size ? (this.lineStarts[at + 1] ?? 0) - 1 : this.lines.length;
    return hitOf(this.lines.slice(this.lineStarts[at], end), this.kind(at), database, schema);
  }
}

/** A name may hold a line break; what is searched may not. */
const oneLine = (name: string) => name.replaceAll('\n', ' ');

function startsOf(text: string, count: number): Uint32Array {
  const starts = new Uint32Array(count);
  for (let at = 1, offset = 0; at < count; at++) {
    offset = text.indexOf('\n', offset) + 1;
    starts[at] = offset;
  }
  return starts;
}
