/** What SQL is made of, as far as it matters what a person wrote as a value: comments are free text too. */
const PARTS =
  /(?<value>'(?:[^'\\]|\\[\s\S]|'')*'|\$\$[\s\S]*?\$\$|--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>"(?:[^"]|"")*"|\{\{\s*[\w.]+\s*\}\}|[\p{L}_][\p{L}\p{N}_$]*)|(?<quote>['"])/gu;

/** SQL with every literal and comment replaced; undefined where a quote does not end, so that nobody can tell what is a value. */
export function withoutLiterals(sql: string, hide: (literal: string) => string): string | undefined {
  for (const { groups } of sql.matchAll(PARTS)) if (groups?.['quote'] !== undefined) return undefined;
  return sql.replaceAll(PARTS, (part, ...rest) => {
    const groups = rest.at(-1) as Record<string, string | undefined>;
    return groups['value'] === undefined ? part : hide(part);
  });
}
