const PART = /"(?:[^"]|"")+"|[^".]+/y;
const BARE = /^[A-Z_][A-Z0-9_$]*$/;
const BARE_AS_WRITTEN = /^[A-Za-z_][A-Za-z0-9_$]*$/;

/** The parts of a dotted name. `fold`: an unquoted part is upper case, as where a person wrote it; without it, it is taken as it stands. */
export function partsOf(text: string, { fold }: { fold: boolean }): string[] | undefined {
  const parts: string[] = [];
  for (let at = 0; ; at += 1) {
    PART.lastIndex = at;
    const [found] = PART.exec(text) ?? [];
    if (found === undefined) return undefined;
    const isQuoted = found.startsWith('"');
    if (!isQuoted && fold && !BARE_AS_WRITTEN.test(found)) return undefined;
    const bare = fold ? found.toUpperCase() : found;
    parts.push(isQuoted ? found.slice(1, -1).replaceAll('""', '"') : bare);
    at += found.length;
    if (at >= text.length) return parts;
    if (text[at] !== '.') return undefined;
  }
}

/** A dotted name in its one spelling: bare where Snowflake would read it so, else in double quotes. */
export function nameOf(parts: readonly string[]): string {
  return parts.map((part) => (BARE.test(part) ? part : `"${part.replaceAll('"', '""')}"`)).join('.');
}
