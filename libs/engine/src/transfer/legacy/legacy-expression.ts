/** What an expression in SQL is made of; a name with dots came from the script language of old. */
const WORDS =
  /^(?:\s+|'(?:[^']|'')*'|"(?:[^"]|"")+"|[A-Za-z_][A-Za-z0-9_$]*|\d+(?:\.\d+)?|<>|!=|<=|>=|::|[=<>+\-*/%(),])*$/;

/** Whether a text can be taken for an expression in SQL as it stands. Anything else stays as it was and is told, never guessed. */
export function readsAsSql(text: string): boolean {
  if (text.trim() === '' || text.length > 20_000 || /==|--|\/\*|[A-Za-z_"]\s*\.\s*[A-Za-z_"]/.test(text)) return false;
  if (!WORDS.test(text)) return false;
  let open = 0;
  for (const letter of text.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")+"/g, '')) {
    if (letter === '(') open += 1;
    if (letter === ')') open -= 1;
    if (open < 0) return false;
  }
  return open === 0;
}

const KEY = /^\s*(?:"((?:[^"]|"")+)"|([A-Za-z_][A-Za-z0-9_$]*))(?:\s+(asc|desc))?\s*$/i;

/** The columns of an ORDER BY; undefined where it holds more than columns and directions. */
export function readOrder(text: string): { column: string; direction: 'asc' | 'desc' }[] | undefined {
  const keys = text.split(',').map((part) => KEY.exec(part));
  return keys.some((key) => key === null)
    ? undefined
    : keys.map((key) => ({
        column: key?.[1]?.replaceAll('""', '"') ?? key?.[2]?.toUpperCase() ?? '',
        direction: key?.[3]?.toLowerCase() === 'desc' ? 'desc' : 'asc',
      }));
}
