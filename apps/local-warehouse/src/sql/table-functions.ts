import { typeError, unsupported, WarehouseError } from '../statements/warehouse-error';
import type { Call, Expression } from '../parser/expression-tree';
import type { FromItem } from '../parser/query-tree';
import { castTo } from './coercion';
import type { Environment } from './environment';
import { queryHistory } from './query-history';
import { keptResult } from './result-scan';
import { integer, text, variant, type ResultColumn } from './snowflake-type';
import { references } from './references';
import { addRelation, derived } from './derived-source';
import { isJson } from './typed';

type FunctionItem = Extract<FromItem, { t: 'function' }>;

/** TABLE(f(…)) and LATERAL f(…). */
export function compileTableFunction(item: FunctionItem, env: Environment): string {
  const name = item.call.name.replace(/^(?:[^.]+\.)?INFORMATION_SCHEMA\./, '');
  switch (name) {
    case 'FLATTEN':
      return flatten(item, env);
    case 'SPLIT_TO_TABLE':
    case 'STRTOK_SPLIT_TO_TABLE':
      return splitToTable(item, env);
    case 'GENERATOR':
      return generator(item, env);
    case 'RESULT_SCAN': {
      const { sql, columns } = keptResult(item.call, env);
      return derived(sql, columns, item.alias, env);
    }
    case 'QUERY_HISTORY_BY_USER':
    case 'QUERY_HISTORY':
    case 'QUERY_HISTORY_BY_SESSION': {
      const { sql, columns } = queryHistory(item.call, name, env);
      return derived(sql, columns, item.alias, env);
    }
    case 'TAG_REFERENCES':
    case 'TAG_REFERENCES_ALL_COLUMNS':
    case 'POLICY_REFERENCES': {
      const { sql, columns } = references(item.call, name, env);
      return derived(sql, columns, item.alias, env);
    }
    default:
      throw unsupported(`table function ${item.call.name}`, item.at);
  }
}

const column = (name: string, type: ResultColumn['type'], nullable = true): ResultColumn => ({ name, type, nullable });

function argument(call: Call, name: string, position: number): Expression | undefined {
  return call.named.get(name) ?? call.args[position];
}

function literalBoolean(tree: Expression | undefined): boolean {
  if (tree && tree.t !== 'boolean') throw unsupported('a computed OUTER of FLATTEN', tree.at);
  return tree?.value ?? false;
}

/** A lateral source; OUTER keeps the row that has no parts. */
function lateral(
  sql: string,
  outer: boolean,
  columns: readonly ResultColumn[],
  item: FunctionItem,
  env: Environment,
): string {
  const name = env.context.newAlias();
  addRelation(env, {
    names: item.alias.name ? [item.alias.name.text] : [],
    columns: columns.map((part, index) => ({
      ...part,
      name: item.alias.columns[index]?.text ?? part.name,
      sql: `${name}.c${index}`,
    })),
  });
  if (!outer) return `LATERAL (${sql}) ${name}`;
  const nothing = columns.map((_, index) => `p.c${index}`).join(', ');
  return `LATERAL (SELECT ${nothing} FROM (SELECT 1) o LEFT JOIN (${sql}) p ON TRUE) ${name}`;
}

function flatten(item: FunctionItem, env: Environment): string {
  const { call } = item;
  for (const name of call.named.keys()) {
    if (!['INPUT', 'PATH', 'OUTER', 'MODE', 'RECURSIVE'].includes(name)) throw unsupported(`FLATTEN ${name}`, call.at);
  }
  if (literalBoolean(call.named.get('RECURSIVE'))) throw unsupported('recursive FLATTEN', call.at);
  const input = argument(call, 'INPUT', 0);
  if (!input) throw typeError('FLATTEN needs an INPUT', call.at);
  const path = argument(call, 'PATH', 1);
  const tree: Expression = path && !(path.t === 'string' && path.value === '') ? getPath(input, path) : input;
  const value = env.expression(tree);
  if (!isJson(value)) throw typeError('FLATTEN takes a VARIANT, an OBJECT or an ARRAY', call.at);
  const mode = call.named.get('MODE');
  const kinds =
    mode?.t === 'string' && mode.value.toUpperCase() !== 'BOTH' ? `'${mode.value.toUpperCase()}'` : `'ARRAY', 'OBJECT'`;
  const isArray = `json_type(${value.sql}) = 'ARRAY'`;
  const sql = `SELECT CAST(1 AS DECIMAL(38,0)) AS c0, CASE WHEN ${isArray} THEN NULL ELSE e.key END AS c1,
    CASE WHEN ${isArray} THEN '[' || e.key || ']' ELSE e.key END AS c2,
    CASE WHEN ${isArray} THEN CAST(e.key AS DECIMAL(38,0)) END AS c3, CAST(e.value AS JSON) AS c4, ${value.sql} AS c5
    FROM json_each(${value.sql}) e WHERE json_type(${value.sql}) IN (${kinds})`;
  const columns = [
    column('SEQ', integer, false),
    column('KEY', text),
    column('PATH', text),
    column('INDEX', integer),
    column('VALUE', variant),
    column('THIS', variant),
  ];
  return lateral(sql, literalBoolean(call.named.get('OUTER')), columns, item, env);
}

const getPath = (input: Expression, path: Expression): Expression => ({
  t: 'call',
  name: 'GET_PATH',
  args: [input, path],
  named: new Map(),
  distinct: false,
  withinGroup: undefined,
  ignoreNulls: false,
  over: undefined,
  at: input.at,
  source: 'GET_PATH',
});

function splitToTable(item: FunctionItem, env: Environment): string {
  const [value, delimiter] = item.call.args;
  if (!value || !delimiter || item.call.name !== 'SPLIT_TO_TABLE') throw unsupported(item.call.name, item.at);
  const [source, separator] = [value, delimiter].map((tree) => castTo(env.expression(tree), text).sql);
  const sql = `SELECT CAST(1 AS DECIMAL(38,0)) AS c0, CAST(i AS DECIMAL(38,0)) AS c1, string_split(${source}, ${separator})[i] AS c2
    FROM range(1, coalesce(len(string_split(${source}, ${separator})), 0) + 1) r(i)`;
  const columns = [column('SEQ', integer, false), column('INDEX', integer, false), column('VALUE', text)];
  return lateral(sql, false, columns, item, env);
}

function generator(item: FunctionItem, env: Environment): string {
  const { call } = item;
  const rows = call.named.get('ROWCOUNT');
  if (call.named.has('TIMELIMIT') || !rows) throw unsupported('GENERATOR without ROWCOUNT', call.at);
  const { literal } = env.expression(rows);
  if (typeof literal !== 'number' || literal < 0) throw unsupported('GENERATOR of a computed ROWCOUNT', call.at);
  if (literal > 1_000_000_000)
    throw new WarehouseError('000002', '0A000', 'GENERATOR of more than a billion rows', call.at);
  const name = env.context.newAlias();
  addRelation(env, { names: item.alias.name ? [item.alias.name.text] : [], columns: [], sequence: `${name}.n` });
  return `range(${literal}) ${name}(n)`;
}
