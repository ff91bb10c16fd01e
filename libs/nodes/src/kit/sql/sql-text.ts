import { valueName } from '../references';
import { SqlFragment, join, trusted } from './sql-fragment';
import { refuseText } from './sql-refusals';
import { SqlTextError } from './sql-text-error';
import { readTokens, SqlToken } from './sql-tokens';
import { typedParameter } from './typed-parameter';

/** The parameters that a text may name. */
export type DeclaredParameters = readonly { name: string; type: string }[];

const REFERENCE = /^\{\{\s*parameters\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}$/;
const EARLIER_VALUE = /^\{\{\s*nodes\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\s*\}\}$/;
const TEMPLATE_INSIDE = /\{\{\s*(?:parameters|nodes)\./;

/** Words after which a value may stand; after any other word comes a name, a type or a number that SQL wants written out. */
const BEFORE_A_VALUE = new Set(
  'SELECT DISTINCT ALL WHERE HAVING QUALIFY ON AND OR NOT IN LIKE ILIKE RLIKE REGEXP ANY BETWEEN ESCAPE CASE WHEN THEN ELSE'.split(
    ' ',
  ),
);
const NEVER_BEFORE = new Set(['.', '::', ':', '$', '@', ')', ']']);
const NEVER_AFTER = new Set(['.', ':', '(', '[', '=>']);

/** One scalar expression, in parentheses, its templates as binds. Throws SqlTextError where the text is no such thing. */
export function expressionFragment(text: string, parameters: DeclaredParameters): SqlFragment {
  const tokens = readTokens(text);
  refuseText(tokens, 'expression');
  return join([trusted('('), allWithBinds(tokens, parameters), trusted(')')], '');
}

/** An aggregate expression over a whole relation: ROW_COUNT, unquoted, is its number of rows. */
export function aggregateFragment(text: string, parameters: DeclaredParameters): SqlFragment {
  const tokens = readTokens(text).map((token) =>
    token.kind === 'word' && token.text.toUpperCase() === 'ROW_COUNT' ? { ...token, text: 'COUNT(*)' } : token,
  );
  refuseText(tokens, 'expression');
  return join([trusted('('), allWithBinds(tokens, parameters), trusted(')')], '');
}

/** An expression over the value that reaches a node, which VALUE, unquoted, stands for. */
export function valueFragmentOf(text: string, parameters: DeclaredParameters, value: SqlFragment): SqlFragment {
  const tokens = readTokens(text);
  refuseText(tokens, 'expression');
  const pieces = tokens.map((token, index) =>
    token.kind === 'word' && token.text.toUpperCase() === 'VALUE' && !isPartOfAName(tokens, index)
      ? value
      : withBinds(tokens, parameters, index),
  );
  return join([trusted('('), ...pieces, trusted(')')], '');
}

/** One SELECT (or WITH … SELECT), its templates as binds. */
export function queryFragment(text: string, parameters: DeclaredParameters): SqlFragment {
  const tokens = readTokens(text.trim().replace(/;\s*$/, ''));
  refuseText(tokens, 'query');
  return allWithBinds(tokens, parameters);
}

/** A text value, in which `{{ parameters.x }}` may be the whole or a part; anything else in braces is just text. */
export function valueTemplate(
  text: string,
  parameters: DeclaredParameters,
): readonly (string | { parameter: string })[] {
  return text
    .split(/(\{\{\s*(?:parameters|nodes)\.[A-Za-z0-9_.-]+\s*\}\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (TEMPLATE_INSIDE.test(piece) ? { parameter: referenced(piece, parameters) } : piece));
}

function allWithBinds(tokens: readonly SqlToken[], parameters: DeclaredParameters): SqlFragment {
  return join(
    tokens.map((_token, index) => withBinds(tokens, parameters, index)),
    '',
  );
}

function withBinds(tokens: readonly SqlToken[], parameters: DeclaredParameters, index: number): SqlFragment {
  const token = tokens[index];
  if (!token) return trusted('');
  if (token.kind === 'template') {
    refusePlace(tokens, index);
    const name = referenced(token.text, parameters);
    return typedParameter(name, parameters.find((candidate) => candidate.name === name)?.type);
  }
  if ((token.kind === 'string' || token.kind === 'quoted') && TEMPLATE_INSIDE.test(token.text)) {
    throw new SqlTextError(`${token.text} holds a template; a template never stands inside quotes`);
  }
  return trusted(token.text);
}

/** `x.VALUE` and `VALUE.x` name columns, `VALUE(` a function. */
function isPartOfAName(tokens: readonly SqlToken[], index: number): boolean {
  const before = neighbour(tokens, index, -1)?.text;
  const after = neighbour(tokens, index, 1)?.text;
  return before === '.' || after === '.' || after === '(';
}

function refusePlace(tokens: readonly SqlToken[], index: number): void {
  const before = neighbour(tokens, index, -1);
  const after = neighbour(tokens, index, 1);
  const badBefore =
    before !== undefined &&
    (before.kind === 'word'
      ? !BEFORE_A_VALUE.has(before.text.toUpperCase()) && !endsDistinctFrom(tokens, index)
      : before.kind !== 'symbol' || NEVER_BEFORE.has(before.text));
  const badAfter =
    after !== undefined &&
    (after.kind === 'symbol' ? NEVER_AFTER.has(after.text) : after.kind !== 'word' || touches(tokens[index + 1]));
  if (badBefore || badAfter) {
    throw new SqlTextError(`${tokens[index]?.text ?? ''} stands where no value may stand`);
  }
}

function touches(next: SqlToken | undefined): boolean {
  return next?.kind === 'word';
}

/** `IS [NOT] DISTINCT FROM {{ … }}`: the one FROM after which a value stands. */
function endsDistinctFrom(tokens: readonly SqlToken[], index: number): boolean {
  const from = neighbourAt(tokens, index, -1);
  const distinct = neighbour(tokens, from, -1);
  return tokens[from]?.text.toUpperCase() === 'FROM' && distinct?.text.toUpperCase() === 'DISTINCT';
}

/** Where the next token stands in a direction that is no white space. */
function neighbourAt(tokens: readonly SqlToken[], index: number, step: 1 | -1): number {
  let at = index + step;
  while (tokens[at]?.kind === 'space') at += step;
  return at;
}

function neighbour(tokens: readonly SqlToken[], index: number, step: 1 | -1): SqlToken | undefined {
  return tokens[neighbourAt(tokens, index, step)];
}

function referenced(template: string, parameters: DeclaredParameters): string {
  const name = REFERENCE.exec(template)?.[1];
  if (name !== undefined && parameters.some((candidate) => candidate.name === name)) return name;
  if (name !== undefined) {
    throw new SqlTextError(`The workflow has no parameter “${name}”`, 'UNKNOWN_PARAMETER');
  }
  const earlier = EARLIER_VALUE.exec(template);
  if (earlier) {
    const field = valueName({ node: earlier[1] ?? '', field: earlier[2] ?? '' });
    if (parameters.some((candidate) => candidate.name === field)) return field;
    throw new SqlTextError(`The node “${earlier[1] ?? ''}” gives no value “${earlier[2] ?? ''}”`, 'UNKNOWN_PARAMETER');
  }
  throw new SqlTextError(`${template} can’t be read; write {{ parameters.name }}`);
}
