import { text as quoted } from '../engine/quote';
import type { Expression } from '../parser/expression-tree';
import { castTo, jsonSql } from '../sql/coercion';
import type { Environment } from '../sql/environment';
import { object, text } from '../sql/snowflake-type';
import type { Typed } from '../sql/typed';

/** An object of keys and values; a pair whose key or value is NULL is left out. */
function objectSql(pairs: readonly (readonly [key: string, value: string])[]): string {
  if (pairs.length === 0) return `'{}'::JSON`;
  const entries = pairs.map(([key, value]) => `{'k': ${key}, 'v': ${value}}`).join(', ');
  return `to_json(map_from_entries(list_filter([${entries}], lambda e: e.k IS NOT NULL AND e.v IS NOT NULL)))`;
}

/** One key for each column in reach. */
function columnPairs(env: Environment): (readonly [string, string])[] {
  return env.scope
    .visibleColumns()
    .map(({ name, sql, type, nullable }) => [
      quoted(name),
      jsonSql({ sql, type, nullable, at: { line: 1, pos: 0 } }, 'variant'),
    ]);
}

export const objectOfColumns = (env: Environment) => objectSql(columnPairs(env));

export function objectOfPairs(args: readonly Typed[], keepNull: boolean): string {
  const pairs = Array.from({ length: args.length / 2 }, (_, index) => {
    const [key, value] = [args[index * 2], args[index * 2 + 1]];
    if (!key || !value) throw new Error('The arguments come in pairs');
    const json = value.isNull ? 'CAST(NULL AS JSON)' : jsonSql(value, 'variant');
    return [castTo(key, text).sql, keepNull ? `coalesce(${json}, 'null'::JSON)` : json] as const;
  });
  return objectSql(pairs);
}

/** `{'key': value}` or `{*}` */
export function objectLiteral(tree: Extract<Expression, { t: 'object' }>, env: Environment): Typed {
  if (tree.star) return { sql: objectOfColumns(env), type: object, nullable: false, at: tree.at };
  const pairs = tree.entries.map(([key, value]) => [quoted(key), jsonSql(env.expression(value), 'variant')] as const);
  return { sql: objectSql(pairs), type: object, nullable: false, at: tree.at };
}
