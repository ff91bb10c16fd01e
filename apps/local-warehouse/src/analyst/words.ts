/** A word of a question: as it was said, and without its plural. */
export interface Word {
  said: string;
  stem: string;
}

/** Endings that look like plurals and are none. */
const SINGULAR = /(?:ss|us|is)$/;

function stemOf(word: string): string {
  if (word.length <= 3 || /\d/.test(word) || SINGULAR.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** The words of a text, in lower case. Thousands may have commas; a possessive is its noun. */
export function wordsOf(text: string): Word[] {
  const plain = text
    .toLowerCase()
    .replace(/[’']s\b/g, '')
    .replace(/(\d),(?=\d{3}\b)/g, '$1');
  return (plain.match(/\d+\.\d+|[\p{L}\p{N}#]+/gu) ?? []).map((said) => ({ said, stem: stemOf(said) }));
}

/** What phrases are compared by. */
export const phraseOf = (words: readonly Word[]): string => words.map(({ stem }) => stem).join(' ');
