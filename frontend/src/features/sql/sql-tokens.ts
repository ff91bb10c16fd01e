export interface SqlToken {
  kind: 'keyword' | 'string' | 'number' | 'comment' | 'plain';
  text: string;
  at: number;
}

const KEYWORDS = new Set(
  (
    'select from where with as and or not in is null on join inner left right full outer cross union all group by ' +
    'having order asc desc nulls first last limit offset case when then else end between like ilike exists distinct ' +
    'insert into overwrite values update set delete merge using matched create table replace qualify over partition ' +
    'true false cast try_cast'
  ).split(' '),
);

// Comments, quoted identifiers, strings, numbers, words; whatever stands between them is plain.
const TOKEN = /--[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"]|"")*"|'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b|[A-Za-z_][\w$]*/g;

function kindOf(text: string): SqlToken['kind'] {
  if (text.startsWith('--') || text.startsWith('/*')) return 'comment';
  if (text.startsWith("'")) return 'string';
  if (/^\d/.test(text)) return 'number';
  return KEYWORDS.has(text.toLowerCase()) ? 'keyword' : 'plain';
}

/** Splits SQL for colouring. The tokens together are the text, unchanged. */
export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let end = 0;
  for (const match of sql.matchAll(TOKEN)) {
    if (match.index > end) tokens.push({ kind: 'plain', text: sql.slice(end, match.index), at: end });
    tokens.push({ kind: kindOf(match[0]), text: match[0], at: match.index });
    end = match.index + match[0].length;
  }
  if (end < sql.length) tokens.push({ kind: 'plain', text: sql.slice(end), at: end });
  return tokens;
}
