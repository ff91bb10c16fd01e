import type { SourceNameParts } from './visible-source';

/** The words of a request, in upper case, each also without the plural's s. */
export function wordsOf(request: string): Set<string> {
  const words = request.toUpperCase().match(/[\p{L}\p{N}_$]{2,}/gu) ?? [];
  return new Set(words.flatMap((word) => (word.endsWith('S') && word.length > 3 ? [word, word.slice(0, -1)] : [word])));
}

/** How much of a name the words speak of: all of it counts most, a part of three letters or more counts. */
export function relevance(name: string, words: ReadonlySet<string>): number {
  const upper = name.toUpperCase();
  if (words.has(upper) || (upper.endsWith('S') && words.has(upper.slice(0, -1)))) return 3;
  const parts = upper.split(/[_\W]+/).filter((part) => part.length > 2);
  return parts.some((part) => words.has(part) || (part.endsWith('S') && words.has(part.slice(0, -1)))) ? 1 : 0;
}

/** The first `most` by how much is said of them; equals keep their order. */
export function mostRelevant<Item>(items: readonly Item[], score: (item: Item) => number, most: number): Item[] {
  return items
    .map((item) => ({ item, score: score(item) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ item }) => item);
}

/** Of the sources those that the request speaks of; where it speaks of none, the first few. */
export function relevantSources<Source extends SourceNameParts>(
  sources: readonly Source[],
  words: ReadonlySet<string>,
  most: number,
): Source[] {
  const score = ({ database, schema, name }: Source) => {
    const own = relevance(name, words);
    return own === 0 ? 0 : own * 4 + relevance(schema, words) + relevance(database, words);
  };
  const named = sources.filter((source) => score(source) > 0);
  return mostRelevant(named.length > 0 ? named : sources, score, most);
}
