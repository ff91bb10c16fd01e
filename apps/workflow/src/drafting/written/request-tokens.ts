/** A piece of a request: a word or name, a text in quotes, a number, a comparison or a mark. */
export interface Token {
  kind: 'name' | 'text' | 'number' | 'sign';
  /** As it was written. */
  text: string;
  /** For comparing words. */
  low: string;
  /** Of a text without its quotes. */
  value: string;
}

const NAME = String.raw`(?:"[^"\n]+"|[\p{L}_][\p{L}\p{N}_$]*)`;
const TOKENS = new RegExp(
  String.raw`(?<date>\d{4}-\d{2}-\d{2})|(?<number>-?\d{1,3}(?:,\d{3})+(?![\d])|-?\d+(?:\.\d+)?)|(?<name>${NAME}(?:\.${NAME})*)|(?<text>'(?:[^'\n]|'')*')|(?<sign><=|>=|<>|!=|[=<>,;().\n])`,
  'gu',
);

/** The pieces of a request in order; what is none of them is left out. */
export function tokensOf(request: string): Token[] {
  return [...request.replaceAll(/[“”]/g, '"').replaceAll(/[‘’]/g, "'").matchAll(TOKENS)].map(({ 0: text, groups }) => {
    const low = text.toLowerCase();
    if (groups?.['date'] !== undefined) return { kind: 'text', text, low, value: text };
    if (groups?.['number'] !== undefined) return { kind: 'number', text, low, value: text.replaceAll(',', '') };
    if (groups?.['text'] !== undefined)
      return { kind: 'text', text, low, value: text.slice(1, -1).replaceAll("''", "'") };
    return { kind: groups?.['name'] === undefined ? 'sign' : 'name', text, low, value: text };
  });
}
