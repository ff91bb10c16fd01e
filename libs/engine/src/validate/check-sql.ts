import type { NodeProblem, SqlField } from '@snowflow/nodes/kit/node-definition';
import { renderText } from '@snowflow/nodes/kit/sql/render';
import { trusted } from '@snowflow/nodes/kit/sql/sql-fragment';
import { SqlTextError } from '@snowflow/nodes/kit/sql/sql-text-error';
import {
  aggregateFragment,
  DeclaredParameters,
  expressionFragment,
  queryFragment,
  valueFragmentOf,
} from '@snowflow/nodes/kit/sql/sql-text';
import type { SqlFinding, SqlParser } from '../sql/sql-parser';

const READERS = {
  scalar: expressionFragment,
  aggregate: aggregateFragment,
  query: queryFragment,
  value: (text: string, parameters: DeclaredParameters) => valueFragmentOf(text, parameters, trusted('PARSE_JSON(?)')),
};

/** Problems of a text of SQL: word by word, and, where there is a parser, as a whole. */
export function checkSqlField(
  field: SqlField,
  parameters: DeclaredParameters,
  parser: SqlParser | undefined,
): NodeProblem[] {
  return findings(field, parameters, parser).map((finding) => ({ severity: 'error', path: field.path, ...finding }));
}

/** A text as the parser reads it, with `?` for every value; undefined where it can't be read word by word. */
export function plainText(field: Pick<SqlField, 'kind' | 'text'>, parameters: DeclaredParameters): string | undefined {
  try {
    return renderText(READERS[field.kind](field.text, parameters));
  } catch (error) {
    if (error instanceof SqlTextError) return undefined;
    throw error;
  }
}

function findings(
  field: SqlField,
  parameters: DeclaredParameters,
  parser: SqlParser | undefined,
): readonly SqlFinding[] {
  try {
    const text = renderText(READERS[field.kind](field.text, parameters));
    if (!parser) return [];
    return field.kind === 'query'
      ? parser.checkQuery(text)
      : parser.checkExpression(text, {
          columns: field.kind === 'value' ? [] : field.columns,
          kind: field.kind === 'aggregate' ? 'aggregate' : 'scalar',
        });
  } catch (error) {
    if (!(error instanceof SqlTextError)) throw error;
    const { code, message, suggestion } = error;
    return [{ code, message, ...(suggestion === undefined ? {} : { suggestion }) }];
  }
}
