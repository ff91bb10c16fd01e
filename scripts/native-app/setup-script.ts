/** One statement of a setup script, without comments, in one line; the words of scripting before one (`BEGIN`, `IF … THEN`) are one too. */
export interface Statement {
  text: string;
  line: number;
  /** The procedure whose body it stands in, as schema.name; undefined: the script's own. */
  procedure: string | undefined;
}

const PROCEDURE = /^CREATE (?:OR REPLACE )?PROCEDURE ([^\s(]+)/i;
/** Strings, bodies and quoted names hold semicolons and dashes that mean nothing. */
const PIECE = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$\$[\s\S]*?\$\$|;|[^;'"$/-]+|[\s\S]/g;
const LEADER = /^\s*(?:BEGIN\b|ELSE\b|IF \([\s\S]*?\) THEN\b)\s*/i;

/** All statements, those in the body of a procedure behind the one that makes it. */
export function statementsOf(script: string, procedure?: string, firstLine = 1): Statement[] {
  const statements: Statement[] = [];
  for (const { text, line } of pieces(script, firstLine)) {
    const parts = procedure === undefined ? [{ text, line }] : apart(text, line);
    statements.push(...parts.map((part) => ({ text: oneLine(part.text), line: part.line, procedure })));
    const body = /\$\$([\s\S]*)\$\$/.exec(text);
    const made = PROCEDURE.exec(text)?.[1];
    if (body && made) statements.push(...statementsOf(body[1] ?? '', made, line + lines(text.slice(0, body.index))));
  }
  return statements;
}

/** What stands between semicolons, without comments, with the line it begins in. */
function pieces(script: string, firstLine: number): { text: string; line: number }[] {
  const found: { text: string; line: number }[] = [];
  let [text, line, start] = ['', firstLine, firstLine];
  for (const [piece] of script.matchAll(PIECE)) {
    const isComment = piece.startsWith('--') || piece.startsWith('/*');
    if (piece === ';') {
      found.push({ text, line: start });
      text = '';
    } else if (text === '' && !isComment) {
      text = piece.trimStart();
      start = line + lines(piece.slice(0, piece.length - text.length));
    } else if (!isComment) text += piece;
    line += lines(piece);
  }
  return [...found, { text, line: start }].filter((each) => each.text.trim() !== '');
}

const lines = (text: string): number => text.split('\n').length - 1;

const oneLine = (text: string): string =>
  text
    .replaceAll(/\$\$[\s\S]*\$\$/g, '$$$$ $$$$')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** The words of scripting, and what follows them. */
function apart(text: string, line: number): { text: string; line: number }[] {
  const [leader] = LEADER.exec(text) ?? [];
  if (leader === undefined) return text === '' ? [] : [{ text, line }];
  return [{ text: leader, line }, ...apart(text.slice(leader.length), line + lines(leader))];
}
