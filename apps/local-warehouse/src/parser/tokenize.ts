import { syntaxError, type SourcePosition } from '../statements/warehouse-error';
import type { Token, TokenKind } from './token';

const patterns: readonly [TokenKind | 'space', RegExp][] = [
  ['space', /(?:\s+|--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/y],
  ['string', /\$\$[\s\S]*?\$\$/y],
  ['string', /'(?:[^'\\]|''|\\[\s\S])*'/y],
  ['quoted', /"(?:[^"]|"")+"/y],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['variable', /\$(?:\d+|[A-Za-z_]\w*)/y],
  ['word', /[A-Za-z_][\w$]*/y],
  ['bind', /\?/y],
  ['symbol', /(?:->>|\|\||::|<=|>=|<>|!=|=>|->|\{\*|[-+*/%(),.;=<>:[\]{}@&|^!])/y],
];

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '0': '\0' };

const unescape = (body: string) =>
  body.replace(/''|\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\([\s\S])/g, (match, unicode, hex, character: string) => {
    if (match === "''") return "'";
    const code = (unicode ?? hex) as string | undefined;
    return code ? String.fromCharCode(Number.parseInt(code, 16)) : (escapes[character] ?? character);
  });

function meaning(kind: TokenKind, source: string): string {
  switch (kind) {
    case 'string':
      return source.startsWith('$$') ? source.slice(2, -2) : unescape(source.slice(1, -1));
    case 'quoted':
      return source.slice(1, -1).replaceAll('""', '"');
    case 'word':
      return source.toUpperCase();
    case 'variable':
      return source.slice(1).toUpperCase();
    default:
      return source;
  }
}

/** Splits a statement into tokens, without its blanks and comments; the last one is `end`. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  let line = 1;
  let lineStart = 0;
  while (offset < sql.length) {
    const at: SourcePosition = { line, pos: offset - lineStart };
    const [kind, source] = matchAt(sql, offset) ?? [];
    if (!kind || !source) throw syntaxError(`unexpected '${sql.slice(offset, offset + 10)}'`, at);
    if (kind !== 'space') {
      tokens.push({ kind, text: meaning(kind, source), source, at, start: offset, end: offset + source.length });
    }
    for (let newline = source.indexOf('\n'); newline >= 0; newline = source.indexOf('\n', newline + 1)) {
      line++;
      lineStart = offset + newline + 1;
    }
    offset += source.length;
  }
  const at = { line, pos: offset - lineStart };
  tokens.push({ kind: 'end', text: '<EOF>', source: '<EOF>', at, start: offset, end: offset });
  return tokens;
}

function matchAt(sql: string, offset: number): [TokenKind | 'space', string] | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = offset;
    const match = pattern.exec(sql);
    if (match) return [kind, match[0]];
  }
  return undefined;
}
