import { arithmetic } from '../sql/arithmetic';
import { castTo, commonType, comparable } from '../sql/coercion';
import { boolean, fixed, type SnowflakeType } from '../sql/snowflake-type';
import type { Typed } from '../sql/typed';
import type { Compiled, FunctionCall } from './function-call';
import { many, scalar, type FunctionTable } from './function-definition';

const cast = (values: readonly Typed[], type: SnowflakeType) => values.map((value) => castTo(value, type).sql);

function coalesce(call: FunctionCall): Compiled {
  const values = call.args();
  const type = commonType(values, call.at);
  return {
    sql: `coalesce(${cast(values, type).join(', ')})`,
    type,
    nullable: values.every(({ nullable }) => nullable),
  };
}

function choose(call: FunctionCall, test: string, yes: Typed, no: Typed): Compiled {
  const type = commonType([yes, no], call.at);
  const [a, b] = cast([yes, no], type);
  return { sql: `CASE WHEN ${test} THEN ${a} ELSE ${b} END`, type, nullable: yes.nullable || no.nullable };
}

/** GREATEST and LEAST answer NULL as soon as one value is NULL; the _IGNORE_NULLS kinds do not. */
const extreme = (duckdb: string, ignoreNulls: boolean) =>
  scalar(1, many, (call) => {
    const values = call.args();
    const type = commonType(values, call.at);
    const sql = cast(values, type);
    const pick = `${duckdb}(${sql.join(', ')})`;
    const nullable = values.some((value) => value.nullable);
    if (ignoreNulls || !nullable) return { sql: pick, type, nullable };
    const missing = sql.map((value) => `${value} IS NULL`).join(' OR ');
    return { sql: `CASE WHEN ${missing} THEN NULL ELSE ${pick} END`, type, nullable };
  });

function decode(call: FunctionCall): Compiled {
  const [subject, ...rest] = call.args();
  if (!subject) throw call.argumentCount();
  const pairs = Math.floor(rest.length / 2);
  const results = rest.filter((_, index) => index % 2 === 1 || index === pairs * 2);
  const type = commonType(results, call.at);
  const branches = Array.from({ length: pairs }, (_, index) => {
    const [value, search] = comparable(subject, rest[index * 2] ?? subject);
    return `WHEN ${value.sql} IS NOT DISTINCT FROM ${search.sql} THEN ${castTo(rest[index * 2 + 1] ?? subject, type).sql}`;
  });
  const last = rest.length % 2 === 1 ? rest.at(-1) : undefined;
  return {
    sql: `CASE ${branches.join(' ')}${last ? ` ELSE ${castTo(last, type).sql}` : ''} END`,
    type,
    nullable: true,
  };
}

/** Division that answers 0 where the divisor is 0. */
const safeDivision = (nullDivisorIsZero: boolean) =>
  scalar(2, 2, (call) => {
    const divisor = call.number(1);
    const guarded = { ...divisor, sql: `nullif(${divisor.sql}, 0)`, nullable: true, literal: undefined };
    const result = arithmetic('/', call.number(0), guarded, call.at);
    const zero = nullDivisorIsZero ? `coalesce(${divisor.sql}, 0) = 0` : `${divisor.sql} = 0`;
    return { ...result, sql: `CASE WHEN ${zero} THEN 0 ELSE ${result.sql} END`, nullable: true };
  });

export const conditionalFunctions: FunctionTable = {
  COALESCE: scalar(1, many, coalesce),
  NVL: scalar(2, 2, coalesce),
  IFNULL: scalar(2, 2, coalesce),
  IFF: scalar(3, 3, (call) => choose(call, call.boolean(0), call.arg(1), call.arg(2))),
  NVL2: scalar(3, 3, (call) => choose(call, `${call.arg(0).sql} IS NOT NULL`, call.arg(1), call.arg(2))),
  NULLIF: scalar(2, 2, (call) => {
    const [a, b] = comparable(call.arg(0), call.arg(1));
    const { sql, type } = call.arg(0);
    return { sql: `CASE WHEN ${a.sql} = ${b.sql} THEN NULL ELSE ${sql} END`, type, nullable: true };
  }),
  ZEROIFNULL: scalar(1, 1, (call) => {
    const value = call.number(0);
    return { ...value, sql: `coalesce(${value.sql}, 0)`, nullable: false };
  }),
  NULLIFZERO: scalar(1, 1, (call) => {
    const value = call.number(0);
    return { ...value, sql: `nullif(${value.sql}, 0)`, nullable: true, literal: undefined };
  }),
  DECODE: scalar(3, many, decode),
  DIV0: scalar(2, 2, safeDivision(false).compile),
  DIV0NULL: scalar(2, 2, safeDivision(true).compile),
  EQUAL_NULL: scalar(2, 2, (call) => {
    const [a, b] = comparable(call.arg(0), call.arg(1));
    return { sql: `(${a.sql} IS NOT DISTINCT FROM ${b.sql})`, type: boolean, nullable: false };
  }),
  GREATEST: extreme('greatest', false),
  LEAST: extreme('least', false),
  GREATEST_IGNORE_NULLS: extreme('greatest', true),
  LEAST_IGNORE_NULLS: extreme('least', true),
  BOOLAND: scalar(2, 2, (call) => ({
    sql: `(${call.boolean(0)} AND ${call.boolean(1)})`,
    type: boolean,
    nullable: true,
  })),
  BOOLOR: scalar(2, 2, (call) => ({
    sql: `(${call.boolean(0)} OR ${call.boolean(1)})`,
    type: boolean,
    nullable: true,
  })),
  BOOLNOT: scalar(1, 1, (call) => ({ sql: `(NOT ${call.boolean(0)})`, type: boolean, nullable: true })),
  BOOLXOR: scalar(2, 2, (call) => ({
    sql: `(${call.boolean(0)} <> ${call.boolean(1)})`,
    type: boolean,
    nullable: true,
  })),
  WIDTH_BUCKET: scalar(4, 4, (call) => {
    const [x, low, high] = [call.number(0), call.number(1), call.number(2)].map(({ sql }) => `CAST(${sql} AS DOUBLE)`);
    const n = call.integer(3);
    const inside = `CAST(floor((${x} - ${low}) / (${high} - ${low}) * ${n}) AS BIGINT) + 1`;
    const sql = `CASE WHEN ${x} < ${low} THEN 0 WHEN ${x} >= ${high} THEN ${n} + 1 ELSE ${inside} END`;
    return { sql: `CAST(${sql} AS DECIMAL(38,0))`, type: fixed(38, 0), nullable: true };
  }),
};
