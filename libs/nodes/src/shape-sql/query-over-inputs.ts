import { identifier, join, sql, SqlFragment } from '../kit/sql/sql-fragment';
import { DeclaredParameters, queryFragment } from '../kit/sql/sql-text';
import { relationName } from './named-inputs';

/** A query of a person over relations that it knows by name. It stands in parentheses of its own, so it may start with WITH itself. */
export function queryOverInputs(
  text: string,
  relations: readonly { input: string; query: SqlFragment }[],
  parameters: DeclaredParameters,
): SqlFragment {
  const named = relations.map(({ input, query }) => sql`${identifier(relationName(input))} AS (${query})`);
  return sql`WITH ${join(named)} SELECT * FROM (${queryFragment(text, parameters)})`;
}
