import type { RelationEntry } from '../catalog/catalog-entries';
import { identifier } from '../engine/quote';
import type { Name } from '../parser/expression-tree';
import type { Alias, FromItem, Sample } from '../parser/query-tree';
import { parseStatement } from '../parser/statement-parser';
import { typeError, unsupported } from '../statements/warehouse-error';
import type { Environment } from './environment';
import { informationSchema } from './information-schema';
import { compileJoin } from './join-compiler';
import { compilePivot, compileUnpivot } from './pivot-compiler';
import { addRelation, derived } from './derived-source';
import type { Scope } from './scope';
import { compileSemanticView } from './semantic-view-compiler';
import { compileTableFunction } from './table-functions';
import { compileValues } from './values-compiler';

/** What stands in FROM, as DuckDB SQL; the relations it brings are added to the scope. */
export function compileSource(item: FromItem, env: Environment, outer: Scope | undefined): string {
  switch (item.t) {
    case 'table':
      return table(item, env);
    case 'derived': {
      if (item.lateral) throw unsupported('LATERAL with a subquery', item.at);
      const { sql, columns } = env.query(item.query, outer);
      return sampled(derived(sql, columns, item.alias, env), item.sample);
    }
    case 'values': {
      const { sql, columns } = compileValues(item.values, env);
      return derived(sql, columns, item.alias, env);
    }
    case 'function':
      return compileTableFunction(item, env);
    case 'semanticView':
      return compileSemanticView(item, env);
    case 'join':
      return compileJoin(item, env, outer);
    case 'pivot':
      return compilePivot(item, env, outer);
    case 'unpivot':
      return compileUnpivot(item, env, outer);
  }
}

function table(item: Extract<FromItem, { t: 'table' }>, env: Environment): string {
  const parts = item.name.map(({ text }) => text);
  const cte = parts.length === 1 ? env.ctes.find(parts[0] ?? '') : undefined;
  if (cte) {
    const alias = item.alias.name ? item.alias : { ...item.alias, name: item.name[0] };
    return sampled(derived(`SELECT * FROM ${cte.alias}`, cte.columns, alias, env), item.sample);
  }
  const described = informationSchema(parts, env.context);
  if (described) {
    const alias = item.alias.name ? item.alias : { ...item.alias, name: item.name.at(-1) };
    return derived(described.sql, described.columns, alias, env);
  }
  const relation = env.context.access.readableRelation(parts);
  return sampled(relationSource(relation, item.alias, item.name, env), item.sample);
}

/** A table or a view of the catalog. */
export function relationSource(relation: RelationEntry, alias: Alias, name: readonly Name[], env: Environment): string {
  const names = alias.name ? [alias.name.text] : [relation.database, relation.schema, relation.name];
  const duckdb = env.context.newAlias();
  const given = alias.columns.map(({ text }) => text);
  if (relation.kind === 'TABLE') {
    env.context.tables.add(relation);
    addRelation(env, {
      names,
      columns: relation.columns.map((column, index) => ({
        name: given[index] ?? column.name,
        sql: `${duckdb}.${identifier(column.physical)}`,
        type: column.type,
        nullable: column.nullable,
      })),
    });
    return `${relation.physical} ${duckdb}`;
  }
  const inner = env.context.forView(relation, name[0]?.at ?? { line: 1, pos: 0 });
  const tree = parseStatement(relation.source);
  if (tree.t !== 'query') throw new Error('A view holds a query');
  const compiled = env.queryIn(inner, tree.query);
  env.context.absorb(inner);
  if (compiled.columns.length !== relation.columns.length) {
    throw typeError(
      `View definition for '${names.join('.')}' declared ${relation.columns.length} column(s), but view query produces ${compiled.columns.length} column(s).`,
      name[0]?.at,
    );
  }
  addRelation(env, {
    names,
    columns: compiled.columns.map((column, index) => ({
      ...column,
      name: given[index] ?? relation.columns[index]?.name ?? column.name,
      sql: `${duckdb}.c${index}`,
    })),
  });
  return `(${compiled.sql}) ${duckdb}`;
}

function sampled(sql: string, sample: Sample | undefined): string {
  if (!sample) return sql;
  const { amount, unit, method } = sample;
  if (amount.t !== 'number') throw unsupported('SAMPLE of a computed size', amount.at);
  if (unit === 'ROWS') return `${sql} TABLESAMPLE reservoir(${amount.text} ROWS)`;
  return `${sql} TABLESAMPLE ${method.toLowerCase()}(${amount.text} PERCENT)`;
}
