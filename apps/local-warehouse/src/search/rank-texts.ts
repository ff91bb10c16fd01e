/** Words that say nothing about what is looked for. */
const STOP = new Set(
  'a an and are as at be by for from how i in is it my of on or that the to was what when with'.split(' '),
);

/** The words of a text, lower case; a plural counts as its singular. */
const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => !STOP.has(word))
    .map((word) => (word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word));

/** Where the texts stand that share words with the query, best first: rare words count more (BM25), equal ones keep their order. */
export function rankTexts(query: string, texts: readonly string[]): number[] {
  const wanted = [...new Set(wordsOf(query))];
  const documents = texts.map(wordsOf);
  const mean = documents.reduce((sum, { length }) => sum + length, 0) / Math.max(documents.length, 1) || 1;
  const weights = new Map(
    wanted.map((word) => {
      const holding = documents.filter((document) => document.includes(word)).length;
      return [word, Math.log(1 + (documents.length - holding + 0.5) / (holding + 0.5))];
    }),
  );
  const score = (document: readonly string[]) =>
    wanted.reduce((sum, word) => {
      const times = document.filter((one) => one === word).length;
      return sum + ((weights.get(word) ?? 0) * times * 2.2) / (times + 1.2 * (0.25 + (0.75 * document.length) / mean));
    }, 0);
  return documents
    .map((document, index) => ({ index, score: score(document) }))
    .filter((scored) => scored.score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ index }) => index);
}
