import { identifier, join, sql, type SqlFragment, trusted } from '../kit/sql/sql-fragment';
import { expressionFragment, type DeclaredParameters } from '../kit/sql/sql-text';
import type { SourceSemanticConfig } from './source-semantic.definition';

interface Named {
  table?: string | undefined;
  name: string;
  as?: string | undefined;
}

/** The question to a semantic view: every name in quotes, so that its case counts as in the model. */
export function semanticFragment(config: SourceSemanticConfig, parameters: DeclaredParameters): SqlFragment {
  const { database, schema, view, dimensions, metrics, where } = config;
  const clauses = [
    identifier(database, schema, view),
    ...list('DIMENSIONS', dimensions),
    ...list('METRICS', metrics),
    ...(where === undefined ? [] : [sql`WHERE ${expressionFragment(where, parameters)}`]),
  ];
  return sql`SELECT * FROM SEMANTIC_VIEW(${join(clauses, ' ')})`;
}

function list(word: string, parts: readonly Named[]): SqlFragment[] {
  if (parts.length === 0) return [];
  const named = parts.map(({ table, name, as }) => {
    const full = table === undefined ? identifier(name) : identifier(table, name);
    return as === undefined ? full : sql`${full} AS ${identifier(as)}`;
  });
  return [sql`${trusted(word)} ${join(named)}`];
}
