import type { KindCount, SearchHit, SearchKind } from '@snowflow/contracts/catalog/search.dto';
import { inOrder } from './index-entry';
import { RANKS, rankIn } from './match-rank';
import { cursorOf, SearchEnd } from './search-cursor';
import type { SearchIndex } from './search-index';
import { isMeant, SearchTerms } from './search-terms';

export interface Found {
  items: SearchHit[];
  nextCursor: string | null;
  counts: KindCount[];
}

/** The best matches first; those alike by name. */
export function findInIndex(
  index: SearchIndex,
  terms: SearchTerms,
  { limit, after }: { limit: number; after: SearchEnd | undefined },
): Found {
  const ranked = RANKS.map((): number[] => []);
  const counts = new Map<SearchKind, number>();
  const places = index.places.map(([database]) => terms.database === undefined || database === terms.database);
  for (const [at, rank] of matches(index, terms)) {
    if (places[index.place(at)] !== true) continue;
    const kind = index.kind(at);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (terms.kinds === undefined || terms.kinds.has(kind)) ranked[rank]?.push(at);
  }
  const page = pageOf(index, ranked, limit + 1, after);
  const last = page[limit - 1];
  return {
    items: page.slice(0, limit).map(({ hit }) => hit),
    nextCursor: last && page.length > limit ? cursorOf({ ...last.hit, rank: last.rank }) : null,
    counts: [...counts].map(([kind, count]) => ({ kind, count })),
  };
}

/** Each matching object once, in the index's order within a rank. */
function matches(index: SearchIndex, terms: SearchTerms): Map<number, number> | Generator<[number, number]> {
  const { dotted } = terms;
  if (!dotted) return named(index, terms.whole);
  const found = new Map(named(index, terms.whole));
  const meant = index.places.map(([database, schema]) => isMeant(dotted.place, database, schema));
  for (const [at, rank] of dotted.name === '' ? everything(index) : named(index, dotted.name)) {
    if (meant[index.place(at)] === true && index.kind(at) !== 'database' && !found.has(at)) found.set(at, rank);
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}

function* named(index: SearchIndex, wanted: string): Generator<[number, number]> {
  if (wanted === '' || wanted.includes('\n')) return;
  const { names } = index;
  for (let offset = names.indexOf(wanted); offset >= 0;) {
    const at = index.at(offset);
    const end = index.nameEnd(at);
    yield [at, rankIn(names, index.nameStart(at), end, wanted, offset)];
    offset = names.indexOf(wanted, end);
  }
}

function* everything(index: SearchIndex): Generator<[number, number]> {
  for (let at = 0; at < index.size; at++) yield [at, RANKS.length - 1];
}

function pageOf(index: SearchIndex, ranked: number[][], wanted: number, after: SearchEnd | undefined) {
  const page: { hit: SearchHit; rank: number }[] = [];
  for (const [rank, found] of ranked.entries()) {
    if (after && rank < after.rank) continue;
    const start = after?.rank === rank ? firstBehind(index, found, after) : 0;
    for (const at of found.slice(start, start + wanted - page.length)) page.push({ hit: index.hit(at), rank });
    if (page.length === wanted) break;
  }
  return page;
}

function firstBehind(index: SearchIndex, found: readonly number[], after: SearchEnd): number {
  let [low, high] = [0, found.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (inOrder(index.hit(found[middle] ?? 0), after) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
