import { SqlTextError } from './sql-text-error';
import type { SqlToken } from './sql-tokens';

/** What no text of a person may hold: it would end the statement, number a bind, or read what isn't a table. */
const REFUSED_SYMBOLS: Readonly<Record<string, string>> = {
  ';': 'Only one statement is allowed: take the “;” out',
  '?': 'A “?” can’t stand here; use {{ parameters.name }} for a value',
  '@': 'Stages (@…) can’t be read here',
  $: 'Session variables and positional columns ($…) can’t be used here',
  '->>': 'Chained statements (->>) can’t be used here',
  '`': 'Names are quoted with ", not with `',
  '\\': 'A “\\” can’t stand here',
};

const REFUSED_FUNCTIONS = new Set(['RESULT_SCAN', 'LAST_QUERY_ID', 'LAST_TRANSACTION', 'IDENTIFIER', 'GETVARIABLE']);

/** Table functions that compute from their arguments alone; any other could be a procedure. */
const TABLE_FUNCTIONS = new Set(['FLATTEN', 'GENERATOR', 'SPLIT_TO_TABLE', 'STRTOK_SPLIT_TO_TABLE']);

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Throws SqlTextError where text could be more than the expression or query it should be. A parser looks closer, in the workflow service. */
export function refuseText(tokens: readonly SqlToken[], as: 'expression' | 'query'): void {
  const solid = tokens.filter((token) => token.kind !== 'space');
  const first = solid[0];
  if (!first) throw new SqlTextError(as === 'query' ? 'Write a SELECT' : 'Write an expression');
  if (as === 'query' && !/^(select|with)$/i.test(first.text)) {
    throw new SqlTextError('Start with SELECT, or WITH … SELECT');
  }
  refuseNesting(solid, as);
  solid.forEach((token, index) => refuseToken(token, solid[index - 1], solid[index + 1], solid[index + 2], as));
}

function refuseToken(
  token: SqlToken,
  before: SqlToken | undefined,
  after: SqlToken | undefined,
  second: SqlToken | undefined,
  as: 'expression' | 'query',
): void {
  if (token.kind === 'symbol') {
    const reason = REFUSED_SYMBOLS[token.text];
    if (reason !== undefined) throw new SqlTextError(reason);
    if (token.text === ':' && (after?.kind === 'number' || !endsAValue(before))) {
      throw new SqlTextError('Script variables (:…) can’t be used here; use {{ parameters.name }} for a value');
    }
    return;
  }
  if (token.kind !== 'word' && token.kind !== 'quoted') return;
  const name = (token.kind === 'quoted' ? token.text.slice(1, -1) : token.text).toUpperCase();
  if (as === 'expression' && token.kind === 'word' && (name === 'SELECT' || name === 'WITH')) {
    throw new SqlTextError('An expression can’t hold a query');
  }
  if (after?.text !== '(') return;
  if (name.startsWith('SYSTEM$') || REFUSED_FUNCTIONS.has(name)) {
    throw new SqlTextError(`${name} can’t be used here`);
  }
  if (name === 'TABLE' && token.kind === 'word' && !TABLE_FUNCTIONS.has(second?.text.toUpperCase() ?? '')) {
    throw new SqlTextError('TABLE(…) can’t be used here, but for FLATTEN, GENERATOR and SPLIT_TO_TABLE');
  }
}

function endsAValue(token: SqlToken | undefined): boolean {
  if (token === undefined) return false;
  return token.kind !== 'symbol' || token.text === ')' || token.text === ']';
}

function refuseNesting(tokens: readonly SqlToken[], as: 'expression' | 'query'): void {
  const open: string[] = [];
  for (const { kind, text } of tokens) {
    if (kind !== 'symbol') continue;
    const closing = CLOSING[text];
    if (closing !== undefined) open.push(closing);
    else if (')]}'.includes(text)) {
      if (open.pop() !== text) throw new SqlTextError(`A “${text}” closes what was never opened`);
    } else if (text === ',' && open.length === 0 && as === 'expression') {
      throw new SqlTextError('Write one expression; a “,” would start a second one');
    }
  }
  if (open.length > 0) throw new SqlTextError(`A “${open.at(-1) ?? ''}” is missing`);
}
