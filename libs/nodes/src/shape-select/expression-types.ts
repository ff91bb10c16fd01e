import { problem } from '../kit/column-checks';
import type { Columns, Knowledge, NodeProblem, Question } from '../kit/node-definition';
import { identifier, join, sql } from '../kit/sql/sql-fragment';
import { DeclaredParameters, expressionFragment } from '../kit/sql/sql-text';
import { readTokens } from '../kit/sql/sql-tokens';
import { haveExactTypes, typedEmpty } from '../kit/typed-empty';
import type { ShapeSelectConfig } from './shape-select.definition';

/**
 * What types its expressions have, each under its name; nothing where nothing is computed, or over columns that can't be imitated. Only
 * the columns that the expressions may name are there, so that it waits for no other.
 */
export function expressionQuestion(
  config: ShapeSelectConfig,
  input: Columns,
  parameters: DeclaredParameters,
): readonly Question[] {
  const list = config.columns.flatMap(({ expression, as = '' }) =>
    expression === undefined ? [] : [sql`${expressionFragment(expression, parameters)} AS ${identifier(as)}`],
  );
  if (list.length === 0 || input === undefined) return [];
  const words = wordsIn(config);
  const named = input.filter(({ name }) => words.has(name));
  if (!haveExactTypes(named)) return [];
  const from = named.length === 0 ? sql`` : sql` FROM (${typedEmpty(named)})`;
  return [{ kind: 'describe', statement: sql`SELECT ${join(list)}${from}` }];
}

/** Whatever in the expressions could be the name of a column. */
function wordsIn({ columns }: ShapeSelectConfig): ReadonlySet<string> {
  const tokens = columns.flatMap(({ expression }) => (expression === undefined ? [] : readTokens(expression)));
  return new Set(
    tokens.map(({ kind, text }) => (kind === 'quoted' ? text.slice(1, -1).replaceAll('""', '"') : text.toUpperCase())),
  );
}

/** What Snowflake held against the expressions: it describes them together, so of several it names the first. */
export function expressionProblems(config: ShapeSelectConfig, known: Knowledge | undefined): NodeProblem[] {
  if (known === undefined || known.state === 'found') return [];
  const computed = config.columns.flatMap(({ expression }, index) => (expression === undefined ? [] : [index]));
  const path = computed.length === 1 ? `columns.${computed[0]}.expression` : 'columns';
  if (known.state === 'invalid') return [problem('INVALID_SQL', path, known.message)];
  return [problem('INVALID_SQL', path, 'An expression names a function that does not exist or that you can’t use')];
}
