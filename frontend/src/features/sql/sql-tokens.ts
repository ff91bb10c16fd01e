import { SQL_KEYWORDS } from './sql-keywords';

export interface SqlToken {
  kind: 'keyword' | 'string' | 'number' | 'comment' | 'plain';
  text: string;
  at: number;
}

const KEYWORDS = new Set(SQL_KEYWORDS.split(' '));

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
