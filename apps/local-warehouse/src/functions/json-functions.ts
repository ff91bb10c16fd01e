import { text as quoted } from '../engine/quote';
import { castTo, jsonSql } from '../sql/coercion';
import { array, boolean, fixed, object, text, typeName, variant } from '../sql/snowflake-type';
import { isJson } from '../sql/typed';
import { typeError } from '../statements/warehouse-error';
import type { Compiled, FunctionCall } from './function-call';
import { many, scalar, type FunctionTable } from './function-definition';
import { objectOfColumns, objectOfPairs } from './json-objects';
import { extractComputed, extractPath, parsePath } from './json-path';

function json(call: FunctionCall, index: number): string {
  const value = call.arg(index);
  if (value.isNull) return 'CAST(NULL AS JSON)';
  if (!isJson(value))
    throw typeError(`Invalid argument types for function '${call.name}': (${typeName(value.type)})`, call.at);
  return value.sql;
}

const element = (call: FunctionCall, index: number) => jsonSql(call.arg(index), 'variant');
const asList = (call: FunctionCall, index: number) => `CAST(${json(call, index)} AS JSON[])`;

function construct(call: FunctionCall, keepNull: boolean): Compiled {
  if (call.tree.args[0]?.t === 'star') return { sql: objectOfColumns(call.env), type: object, nullable: false };
  if (call.count % 2 === 1) throw call.argumentCount();
  return { sql: objectOfPairs(call.args(), keepNull), type: object, nullable: false };
}

function get(call: FunctionCall): Compiled {
  const index = call.arg(1);
  if (index.literal !== undefined) {
    const tree = call.tree.args[1];
    if (tree) return extractPath(call.arg(0), [{ index: tree }], call.env, call.at);
  }
  return { sql: extractComputed(json(call, 0), index), type: variant, nullable: true };
}

const typeOfJson = (sql: string) =>
  `CASE json_type(${sql}) WHEN 'BIGINT' THEN 'INTEGER' WHEN 'UBIGINT' THEN 'INTEGER' WHEN 'DOUBLE' THEN 'DECIMAL'
    WHEN 'NULL' THEN 'NULL_VALUE' ELSE json_type(${sql}) END`;

const arrayFunction = (least: number, most: number, sql: (call: FunctionCall) => string) =>
  scalar(least, most, (call) => ({ sql: `to_json(${sql(call)})`, type: array, nullable: true }));

/** An object as a list of its keys and values. */
const entriesOf = (sql: string) =>
  `list_transform(json_keys(${sql}), lambda k: {'k': k, 'v': json_extract(${sql}, '$."' || k || '"')})`;

function keysKept(call: FunctionCall, not: string): string {
  const keys = call.args(1).map((_, index) => call.text(index + 1));
  const kept = `list_filter(${entriesOf(json(call, 0))}, lambda e: ${not}(e.k IN (${keys.join(', ')})))`;
  return `CASE WHEN ${json(call, 0)} IS NOT NULL THEN to_json(map_from_entries(${kept})) END`;
}

const isOfType = (...types: string[]) =>
  scalar(1, 1, (call) => ({
    sql: `(json_type(${json(call, 0)}) IN (${types.map(quoted).join(', ')}))`,
    type: boolean,
    nullable: true,
  }));

export const jsonFunctions: FunctionTable = {
  PARSE_JSON: scalar(1, 1, (call) => ({
    sql: `CAST(json(CAST(${call.text(0)} AS JSON)) AS JSON)`,
    type: variant,
    nullable: true,
  })),
  TRY_PARSE_JSON: scalar(1, 1, (call) => ({
    sql: `CASE WHEN json_valid(${call.text(0)}) THEN CAST(json(CAST(${call.text(0)} AS JSON)) AS JSON) END`,
    type: variant,
    nullable: true,
  })),
  CHECK_JSON: scalar(1, 1, (call) => ({
    sql: `CASE WHEN json_valid(${call.text(0)}) THEN NULL ELSE 'not valid JSON' END`,
    type: text,
    nullable: true,
  })),
  TO_JSON: scalar(1, 1, (call) => ({ sql: `CAST(${element(call, 0)} AS VARCHAR)`, type: text, nullable: true })),
  TO_VARIANT: scalar(1, 1, (call) => ({ sql: element(call, 0), type: variant, nullable: true })),
  TO_ARRAY: scalar(1, 1, (call) => {
    const value = call.arg(0);
    if (isJson(value)) return castTo(value, array);
    return {
      sql: `CASE WHEN ${value.sql} IS NOT NULL THEN json_array(${element(call, 0)}) END`,
      type: array,
      nullable: true,
    };
  }),
  TO_OBJECT: scalar(1, 1, (call) => ({ sql: json(call, 0), type: object, nullable: true })),
  OBJECT_CONSTRUCT: scalar(0, many, (call) => construct(call, false)),
  OBJECT_CONSTRUCT_KEEP_NULL: scalar(0, many, (call) => construct(call, true)),
  OBJECT_KEYS: scalar(1, 1, (call) => ({ sql: `to_json(json_keys(${json(call, 0)}))`, type: array, nullable: true })),
  ARRAY_CONSTRUCT: scalar(0, many, (call) => ({
    sql: `json_array(${call
      .args()
      .map((value) => (value.isNull ? 'NULL' : jsonSql(value, 'variant')))
      .join(', ')})`,
    type: array,
    nullable: false,
  })),
  ARRAY_SIZE: scalar(1, 1, (call) => {
    const value = json(call, 0);
    const sql = `CASE WHEN json_type(${value}) = 'ARRAY' THEN CAST(json_array_length(${value}) AS DECIMAL(9,0)) END`;
    return { sql, type: fixed(9, 0), nullable: true };
  }),
  ARRAY_CONTAINS: scalar(2, 2, (call) => ({
    sql: `list_contains(${asList(call, 1)}, ${element(call, 0)})`,
    type: boolean,
    nullable: true,
  })),
  ARRAY_POSITION: scalar(2, 2, (call) => ({
    sql: `CAST(nullif(list_position(${asList(call, 1)}, ${element(call, 0)}), 0) - 1 AS DECIMAL(9,0))`,
    type: fixed(9, 0),
    nullable: true,
  })),
  ARRAY_TO_STRING: scalar(2, 2, (call) => ({
    sql: `array_to_string(list_transform(${asList(call, 0)}, lambda e: coalesce(sf_json_text(e), '')), ${call.text(1)})`,
    type: text,
    nullable: true,
  })),
  ARRAY_CAT: arrayFunction(2, 2, (call) => `list_concat(${asList(call, 0)}, ${asList(call, 1)})`),
  ARRAY_APPEND: arrayFunction(2, 2, (call) => `list_append(${asList(call, 0)}, ${element(call, 1)})`),
  ARRAY_PREPEND: arrayFunction(2, 2, (call) => `list_prepend(${element(call, 1)}, ${asList(call, 0)})`),
  ARRAY_COMPACT: arrayFunction(1, 1, (call) => `list_filter(${asList(call, 0)}, lambda e: json_type(e) <> 'NULL')`),
  ARRAY_SLICE: arrayFunction(3, 3, (call) => {
    const [from, to] = [call.literalNumber(1), call.literalNumber(2)];
    if (from < 0 || to < 0) throw typeError('ARRAY_SLICE counts from the start only', call.at);
    return `list_slice(${asList(call, 0)}, ${from + 1}, ${to})`;
  }),
  ARRAY_DISTINCT: arrayFunction(1, 1, (call) => `list_distinct(${asList(call, 0)})`),
  ARRAYS_OVERLAP: scalar(2, 2, (call) => ({
    sql: `list_has_any(${asList(call, 0)}, ${asList(call, 1)})`,
    type: boolean,
    nullable: true,
  })),
  STRTOK_TO_ARRAY: arrayFunction(1, 2, (call) => {
    const delimiters = call.has(1) ? call.text(1) : "' '";
    return `list_filter(regexp_split_to_array(${call.text(0)}, '[' || regexp_escape(${delimiters}) || ']'), lambda w: w <> '')`;
  }),
  OBJECT_INSERT: scalar(3, 4, (call) => {
    const update = call.has(3) ? call.boolean(3) : 'false';
    const [source, key] = [json(call, 0), call.text(1)];
    const others = `list_filter(${entriesOf(source)}, lambda e: e.k <> ${key})`;
    const taken = `list_contains(json_keys(${source}), ${key}) AND NOT ${update}`;
    const added = `list_append(${others}, {'k': ${key}, 'v': ${element(call, 2)}})`;
    const sql = `CASE WHEN ${taken} THEN error('The object already has the key ' || ${key})::JSON ELSE to_json(map_from_entries(list_filter(${added}, lambda e: e.v IS NOT NULL))) END`;
    return { sql, type: object, nullable: true };
  }),
  OBJECT_DELETE: scalar(2, many, (call) => ({ sql: keysKept(call, 'NOT '), type: object, nullable: true })),
  OBJECT_PICK: scalar(2, many, (call) => ({ sql: keysKept(call, ''), type: object, nullable: true })),
  SPLIT: scalar(2, 2, (call) => ({
    sql: `to_json(string_split(${call.text(0)}, ${call.text(1)}))`,
    type: array,
    nullable: true,
  })),
  GET: scalar(2, 2, get),
  GET_PATH: scalar(2, 2, (call) => ({
    sql: `json_extract(${json(call, 0)}, ${quoted(parsePath(call.literalText(1), call.at))})`,
    type: variant,
    nullable: true,
  })),
  TYPEOF: scalar(1, 1, (call) => ({ sql: typeOfJson(element(call, 0)), type: text, nullable: true })),
  IS_NULL_VALUE: isOfType('NULL'),
  IS_ARRAY: isOfType('ARRAY'),
  IS_OBJECT: isOfType('OBJECT'),
  IS_BOOLEAN: isOfType('BOOLEAN'),
  IS_VARCHAR: isOfType('VARCHAR'),
  IS_INTEGER: isOfType('BIGINT', 'UBIGINT'),
};
