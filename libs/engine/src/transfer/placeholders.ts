/** What stands in a file where something was that stays at home. */
export const PLACEHOLDER_KINDS = ['secret', 'credential', 'workflow'] as const;
export type PlaceholderKind = (typeof PLACEHOLDER_KINDS)[number];

const PLACEHOLDER = /<(secret|credential|workflow):([A-Za-z0-9_.-]{1,300})>/g;

export const placeholder = (kind: PlaceholderKind, name: string): string => `<${kind}:${name}>`;

export interface Placeholder {
  kind: PlaceholderKind;
  name: string;
}

/** The placeholders of a text, in their order. */
export function placeholdersIn(text: string): Placeholder[] {
  if (!text.includes('<')) return [];
  return [...text.matchAll(PLACEHOLDER)].map(([, kind = '', name = '']) => ({ kind: kind as PlaceholderKind, name }));
}

const LITERAL = /'(?:[^'\\]+|''|\\[^])*(?:'|\\?$)/g;

/** The same of SQL: what is put between quotes stays there, whatever is in it. */
export function fillInSql(sql: string, given: (one: Placeholder) => string | undefined): string {
  const quoted = (one: Placeholder) => given(one)?.replaceAll(/['\\]/g, (letter) => `${letter}${letter}`);
  return fillPlaceholders(
    sql.replaceAll(LITERAL, (literal) => fillPlaceholders(literal, quoted)),
    given,
  );
}

/** A text with what `given` knows in the place of its placeholders; the others stay. */
export function fillPlaceholders(text: string, given: (one: Placeholder) => string | undefined): string {
  return text.replaceAll(PLACEHOLDER, (whole, kind: PlaceholderKind, name: string) => given({ kind, name }) ?? whole);
}
