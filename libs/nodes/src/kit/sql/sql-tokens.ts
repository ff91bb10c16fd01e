import { SqlTextError } from './sql-text-error';

/** A piece of Snowflake SQL text. Comments are dropped while reading, so that none can swallow what follows it. */
export interface SqlToken {
  kind: 'space' | 'word' | 'number' | 'string' | 'quoted' | 'template' | 'symbol';
  text: string;
}

const PATTERNS: readonly (readonly [SqlToken['kind'] | 'comment', RegExp])[] = [
  ['comment', /--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//y],
  ['space', /\s+/y],
  ['template', /\{\{[^{}]*\}\}/y],
  ['string', /'(?:[^'\\]|\\[\s\S]|'')*'|\$\$[\s\S]*?\$\$/y],
  ['quoted', /"(?:[^"]|"")+"/y],
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['word', /[\p{L}_][\p{L}\p{N}_$]*/uy],
  ['symbol', /->>|::|=>|->|<>|!=|>=|<=|\|\||[-+*/%^&|<>=!()[\]{},.:;?@$~\\#`]/y],
];

/** Reads SQL text into tokens; throws SqlTextError at what can't be read (an open quote or comment). */
export function readTokens(text: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let at = 0; at < text.length;) {
    const found = tokenAt(text, at);
    if (!found) throw new SqlTextError(unreadable(text, at));
    // A comment parts two words just as white space does.
    if (found.kind === 'comment') tokens.push({ kind: 'space', text: ' ' });
    else tokens.push({ kind: found.kind, text: found.text });
    at += found.text.length;
  }
  return tokens;
}

function tokenAt(text: string, at: number): { kind: SqlToken['kind'] | 'comment'; text: string } | undefined {
  if (text.startsWith('/*', at) && !text.includes('*/', at + 2)) return undefined;
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { kind, text: match[0] };
  }
  return undefined;
}

function unreadable(text: string, at: number): string {
  const start = text[at];
  if (start === "'") return 'A text that starts with a quote is never closed';
  if (start === '"') return 'A quoted name is empty or never closed';
  if (text.startsWith('/*', at)) return 'A comment is never closed';
  return `The character “${start ?? ''}” can’t stand in SQL`;
}
