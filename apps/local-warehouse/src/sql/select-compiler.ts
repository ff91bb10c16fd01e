import { orderSql } from '../functions/window-clause';
import type { Expression, Star } from '../parser/expression-tree';
import type { GroupBy, Query, Select, SelectItem } from '../parser/query-tree';
import { typeError, unsupported } from '../statements/warehouse-error';
import { likePattern } from './like-pattern';
import { castTo } from './coercion';
import type { CompiledQuery, Environment } from './environment';
import { orderByAll, ordinal } from './order-by';
import type { Scope } from './scope';
import { duckdbType, type ResultColumn } from './snowflake-type';
import type { Typed } from './typed';

type Order = Pick<Query, 'orderBy' | 'orderByAll'>;
interface Item extends ResultColumn {
  sql: string;
}

/** One SELECT with the ORDER BY that follows it. */
export function compileSelect(select: Select, order: Order, env: Environment, outer: Scope | undefined): CompiledQuery {
  const from = select.from ? ` FROM ${env.source(select.from, outer)}` : '';
  for (const { alias, expression } of select.items) {
    if (alias && !env.scope.aliases.has(alias.text)) env.scope.aliases.set(alias.text, expression);
  }
  const items = select.items.flatMap((item) => selectItem(item, env));
  const where = select.where ? ` WHERE ${env.condition(select.where).sql}` : '';
  const groupBy = select.groupBy ? groupByClause(select.groupBy, items, select, env) : '';
  const having = select.having ? ` HAVING ${env.condition(select.having).sql}` : '';
  const qualify = select.qualify ? ` QUALIFY ${env.condition(select.qualify).sql}` : '';
  const list = items.map(({ sql }, index) => `${sql} AS c${index}`).join(', ');
  const distinct = select.distinct ? 'DISTINCT ' : '';
  const orderBy = orderClause(order, items, select, env);
  const sql = `SELECT ${distinct}${list}${from}${where}${groupBy}${having}${qualify}${orderBy}${top(select, env)}`;
  return { sql, columns: items.map(({ name, type, nullable, untyped }) => ({ name, type, nullable, untyped })) };
}

function top({ top: tree }: Select, env: Environment): string {
  if (!tree) return '';
  const { literal } = env.expression(tree);
  if (typeof literal !== 'number' || !Number.isInteger(literal)) throw typeError('TOP takes a whole number', tree.at);
  return ` LIMIT ${literal}`;
}

function selectItem({ expression, alias, source }: SelectItem, env: Environment): Item[] {
  if (expression.t === 'star') return star(expression, env);
  const value = named(env.expression(expression));
  const name =
    alias?.text ?? (expression.t === 'column' ? expression.parts.at(-1)?.text : undefined) ?? source.toUpperCase();
  return [{ name, ...value }];
}

/** A bare NULL or an interval has no type of its own in a result. */
function named(value: Typed): Omit<Item, 'name'> {
  if (value.interval) throw unsupported('an interval as a column', value.at);
  const sql = value.isNull ? `CAST(NULL AS ${duckdbType(value.type)})` : value.sql;
  return { sql, type: value.type, nullable: value.nullable, untyped: value.isNull };
}

function star(tree: Star, env: Environment): Item[] {
  const excluded = new Set(tree.exclude.map(({ text }) => text));
  const renames = new Map(tree.rename.map(([from, to]) => [from.text, to.text]));
  const replacements = new Map(tree.replace.map(([value, name]) => [name.text, value]));
  const columns = env.scope.visibleColumns(tree.qualifier);
  if (columns.length === 0) throw typeError('SELECT with no columns', tree.at);
  const known = new Set(columns.map(({ name }) => name));
  for (const { text, at } of [...tree.exclude, ...tree.rename.map(([from]) => from)]) {
    if (!known.has(text)) throw typeError(`invalid identifier '${text}'`, at);
  }
  const pattern = tree.ilike === undefined ? undefined : likePattern(tree.ilike, 'i');
  return columns
    .filter(({ name }) => !excluded.has(name) && (pattern?.test(name) ?? true))
    .map(({ name, sql, type, nullable, untyped }) => {
      const replacement = replacements.get(name);
      const value = replacement ? named(env.expression(replacement)) : { sql, type, nullable, untyped };
      return { name: renames.get(name) ?? name, ...value };
    });
}

function groupByClause(groupBy: GroupBy, items: readonly Item[], select: Select, env: Environment): string {
  const key = (tree: Expression) => groupingKey(tree, items, select, env);
  switch (groupBy.t) {
    case 'all':
      return ' GROUP BY ALL';
    case 'items':
      return ` GROUP BY ${groupBy.items.map(key).join(', ')}`;
    case 'rollup':
    case 'cube':
      return ` GROUP BY ${groupBy.t.toUpperCase()} (${groupBy.items.map(key).join(', ')})`;
    case 'sets':
      return ` GROUP BY GROUPING SETS (${groupBy.sets.map((set) => `(${set.map(key).join(', ')})`).join(', ')})`;
  }
}

/** A key is a place in the list, a column, or an alias of the list where no column has its name. */
function groupingKey(tree: Expression, items: readonly Item[], select: Select, env: Environment): string {
  if (tree.t === 'number' && /^\d+$/.test(tree.text)) {
    const item = items[Number(tree.text) - 1];
    if (!item)
      throw typeError(`Group by clause position ${tree.text} is out of range (1 to ${select.items.length})`, tree.at);
    return item.sql;
  }
  if (tree.t === 'call' && (tree.name === 'ROLLUP' || tree.name === 'CUBE')) {
    return `${tree.name} (${tree.args.map((key) => groupingKey(key, items, select, env)).join(', ')})`;
  }
  return env.expression(tree).sql;
}

function orderClause(
  { orderBy, orderByAll: all }: Order,
  items: readonly Item[],
  select: Select,
  env: Environment,
): string {
  if (all) return ` ${orderByAll(items.length, all.descending)}`;
  if (orderBy.length === 0) return '';
  const keys = orderBy.map((item) => orderSql(orderKey(item.expression, items, select, env), item));
  return ` ORDER BY ${keys.join(', ')}`;
}

/** ORDER BY means a column of the result first, then one of the tables. */
function orderKey(tree: Expression, items: readonly Item[], select: Select, env: Environment): string {
  const position = ordinal(tree, items.length);
  if (position !== undefined) return `c${position}`;
  const name = tree.t === 'column' && tree.parts.length === 1 ? tree.parts[0]?.text : undefined;
  const byName = name === undefined ? -1 : items.findIndex((item) => item.name === name);
  if (byName >= 0) return `c${byName}`;
  const value = env.expression(tree);
  const bySql = items.findIndex(({ sql }) => sql === value.sql);
  if (bySql >= 0) return `c${bySql}`;
  if (select.distinct) throw typeError('ORDER BY of a SELECT DISTINCT names its columns only', tree.at);
  return value.isNull ? castTo(value, value.type).sql : value.sql;
}
