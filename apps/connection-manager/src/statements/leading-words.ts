const BLANK_OR_COMMENT = /^(?:\s+|--[^\n]*(?:\n|$)|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|[(;])+/;

/** The first words of a statement in capitals, comments and opening brackets left out. */
export function leadingWords(sql: string, count: number): string[] {
  const words: string[] = [];
  let rest = sql;
  while (words.length < count) {
    rest = rest.replace(BLANK_OR_COMMENT, '');
    const word = /^[A-Za-z_]+/.exec(rest)?.[0];
    if (!word) break;
    words.push(word.toUpperCase());
    rest = rest.slice(word.length);
  }
  return words;
}
