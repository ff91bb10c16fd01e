import type { Alias } from '../parser/query-tree';
import { typeError } from '../statements/warehouse-error';
import type { Environment } from './environment';
import type { ScopeRelation } from './scope';
import type { ResultColumn } from './snowflake-type';

/** Columns under the names a list behind an alias gives them. */
export function renamed(columns: readonly ResultColumn[], names: readonly string[]): ResultColumn[] {
  return columns.map((column, index) => ({ ...column, name: names[index] ?? column.name }));
}

/** A query in FROM under an alias. */
export function derived(sql: string, columns: readonly ResultColumn[], alias: Alias, env: Environment): string {
  const name = env.context.newAlias();
  if (alias.columns.length > columns.length) {
    throw typeError(
      `${alias.columns.length} names for ${columns.length} columns`,
      alias.columns[0]?.at ?? { line: 1, pos: 0 },
    );
  }
  const names = renamed(
    columns,
    alias.columns.map(({ text }) => text),
  );
  addRelation(env, {
    names: alias.name ? [alias.name.text] : [],
    columns: names.map((column, index) => ({ ...column, sql: `${name}.c${index}` })),
  });
  return `(${sql}) ${name}`;
}

export function addRelation(env: Environment, relation: ScopeRelation): void {
  const [name] = relation.names;
  const taken =
    relation.names.length === 1 && env.scope.relations.some(({ names }) => names.length === 1 && names[0] === name);
  if (taken) throw typeError(`duplicate alias '${name}'`, { line: 1, pos: 0 });
  env.scope.relations.push(relation);
}
