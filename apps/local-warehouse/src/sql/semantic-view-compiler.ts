import type { SemanticViewEntry } from '../catalog/catalog-entries';
import type { Name } from '../parser/expression-tree';
import type { FromItem, SemanticRequest } from '../parser/query-tree';
import { parseStatement } from '../parser/statement-parser';
import { SemanticNames } from '../semantic/semantic-expression';
import { SemanticQuery } from '../semantic/semantic-query';
import type { SourcePosition } from '../statements/warehouse-error';
import type { CompileContext } from './compile-context';
import { derived } from './derived-source';
import type { CompiledQuery, Environment } from './environment';

const textOf = (names: readonly Name[]) => names.map(({ text }) => text);

/** SEMANTIC_VIEW(…): like any view, with the rights of its owner. */
export function compileSemanticView(item: Extract<FromItem, { t: 'semanticView' }>, env: Environment): string {
  const view = env.context.access.readableSemanticView(textOf(item.name));
  const { sql, columns } = semanticColumns(view, item.request, item.at, env);
  const alias = item.alias.name ? item.alias : { ...item.alias, name: item.name.at(-1) };
  return derived(sql, columns, alias, env);
}

function semanticColumns(
  view: SemanticViewEntry,
  request: SemanticRequest,
  at: SourcePosition,
  env: Environment,
): CompiledQuery {
  const inner = env.context.forSemanticView(view, at);
  const tree = parseStatement(semanticSql(view, request, inner));
  if (tree.t !== 'query') throw new Error('A semantic view becomes a query');
  const compiled = env.queryIn(inner, tree.query);
  env.context.absorb(inner);
  return compiled;
}

/** The query that a question to a semantic view is. */
export function semanticSql(
  view: Pick<SemanticViewEntry, 'model'>,
  request: SemanticRequest,
  context: CompileContext,
): string {
  const names = new SemanticNames(view.model, ({ base_table: { database, schema, table } }) =>
    context.access.readableRelation([database, schema, table]).columns.map(({ name }) => name),
  );
  return new SemanticQuery(names, request).sql();
}
