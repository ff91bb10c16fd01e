import { castTo, jsonSql } from '../sql/coercion';
import { quotient } from '../sql/arithmetic';
import { array, boolean, duckdbType, fixed, object, real, text } from '../sql/snowflake-type';
import type { Typed } from '../sql/typed';
import { unsupported } from '../statements/warehouse-error';
import type { Compiled, FunctionCall } from './function-call';
import { aggregate, type FunctionTable } from './function-definition';
import { compileOrder } from './window-clause';

const distinct = (call: FunctionCall) => (call.tree.distinct ? 'DISTINCT ' : '');

function sum(call: FunctionCall): Compiled {
  const value = call.number(0);
  const type = value.type.kind === 'fixed' ? fixed(38, value.type.scale) : real;
  return { sql: `CAST(sum(${distinct(call)}${value.sql})${call.over} AS ${duckdbType(type)})`, type, nullable: true };
}

/** The average of decimals is a decimal: their exact sum divided by their count. */
function average(call: FunctionCall): Compiled {
  const value = call.number(0);
  if (value.type.kind !== 'fixed')
    return { sql: `avg(${distinct(call)}${value.sql})${call.over}`, type: real, nullable: true };
  const { scale } = value.type;
  const wanted = Math.max(scale, Math.min(scale + 6, 12));
  const total = { sql: `sum(${distinct(call)}${value.sql})${call.over}` };
  const rows = { sql: `CAST(nullif(count(${distinct(call)}${value.sql})${call.over}, 0) AS DECIMAL(18,0))`, scale: 0 };
  const type = fixed(38, wanted);
  return { sql: `CAST(${quotient(total, rows, wanted)} AS ${duckdbType(type)})`, type, nullable: true };
}

function count(call: FunctionCall): Compiled {
  const [first] = call.tree.args;
  const type = fixed(18, 0);
  if (first?.t === 'star') {
    if (first.qualifier.length > 0) throw unsupported('COUNT(t.*)', call.at);
    return { sql: `CAST(count(*)${call.over} AS DECIMAL(18,0))`, type, nullable: false };
  }
  const values = call.args().map(({ sql }) => sql);
  // Several columns count the rows in which none is NULL.
  const [only = ''] = values;
  const counted =
    values.length === 1
      ? only
      : `CASE WHEN ${values.map((sql) => `${sql} IS NOT NULL`).join(' AND ')} THEN row(${values.join(', ')}) END`;
  return { sql: `CAST(count(${distinct(call)}${counted})${call.over} AS DECIMAL(18,0))`, type, nullable: false };
}

const sameType = (duckdb: string) =>
  aggregate(1, 1, (call) => {
    const { sql, type } = call.arg(0);
    return { sql: `${duckdb}(${sql})${call.over}`, type, nullable: true };
  });

const statistic = (duckdb: string, args = 1) =>
  aggregate(args, args, (call) => {
    const values = call.args().map((_, index) => castTo(call.number(index), real).sql);
    return { sql: `${duckdb}(${distinct(call)}${values.join(', ')})${call.over}`, type: real, nullable: true };
  });

/** Interpolated values get three more decimals than their column. */
function interpolated(call: FunctionCall, duckdb: (value: string) => string, value: Typed): Compiled {
  if (value.type.kind !== 'fixed')
    return { sql: `${duckdb(castTo(value, real).sql)}${call.over}`, type: real, nullable: true };
  const type = fixed(38, Math.min(value.type.scale + 3, 37));
  return { sql: `CAST(${duckdb(castTo(value, type).sql)}${call.over} AS ${duckdbType(type)})`, type, nullable: true };
}

function percentile(call: FunctionCall, duckdb: 'quantile_cont' | 'quantile_disc'): Compiled {
  const [order] = call.tree.withinGroup ?? [];
  if (!order) throw unsupported(`${call.name} without WITHIN GROUP`, call.at);
  const fraction = call.literalNumber(0);
  const share = order.descending ? 1 - fraction : fraction;
  const ordered = call.env.expression(order.expression);
  if (duckdb === 'quantile_cont') return interpolated(call, (value) => `quantile_cont(${value}, ${share})`, ordered);
  return { sql: `quantile_disc(${ordered.sql}, ${share})${call.over}`, type: ordered.type, nullable: true };
}

function listAggregate(call: FunctionCall): Compiled {
  const order = call.tree.withinGroup ? ` ORDER BY ${compileOrder(call.tree.withinGroup, call.env)}` : '';
  const separator = call.has(1) ? call.text(1) : "''";
  const sql = `coalesce(string_agg(${distinct(call)}${call.text(0)}, ${separator}${order})${call.over}, '')`;
  return { sql, type: text, nullable: false };
}

function arrayAggregate(call: FunctionCall): Compiled {
  const order = call.tree.withinGroup ? ` ORDER BY ${compileOrder(call.tree.withinGroup, call.env)}` : '';
  const value = call.arg(0);
  const list = `array_agg(${distinct(call)}${value.sql}${order}) FILTER (WHERE ${value.sql} IS NOT NULL)${call.over}`;
  const element = jsonSql({ ...value, sql: 'e', literal: undefined }, 'variant');
  return {
    sql: `coalesce(to_json(list_transform(${list}, lambda e: ${element})), '[]'::JSON)`,
    type: array,
    nullable: false,
  };
}

function objectAggregate(call: FunctionCall): Compiled {
  const value = jsonSql(call.arg(1), 'variant');
  const present = `${call.arg(0).sql} IS NOT NULL AND ${call.arg(1).sql} IS NOT NULL`;
  const entries = `list({'k': ${call.text(0)}, 'v': ${value}}) FILTER (WHERE ${present})${call.over}`;
  return { sql: `coalesce(to_json(map_from_entries(${entries})), '{}'::JSON)`, type: object, nullable: false };
}

const logical = (duckdb: string) =>
  aggregate(1, 1, (call) => ({ sql: `${duckdb}(${call.boolean(0)})${call.over}`, type: boolean, nullable: true }));

const bitwise = (duckdb: string) =>
  aggregate(1, 1, (call) => ({
    sql: `CAST(${duckdb}(CAST(${call.as(0, fixed(38, 0)).sql} AS BIGINT))${call.over} AS DECIMAL(38,0))`,
    type: fixed(38, 0),
    nullable: true,
  }));

const valueBy = (duckdb: string) =>
  aggregate(2, 2, (call) => {
    const { sql, type } = call.arg(0);
    return { sql: `${duckdb}(${sql}, ${call.arg(1).sql})${call.over}`, type, nullable: true };
  });

const distinctCount = aggregate(1, 1, (call) => ({
  sql: `CAST(count(DISTINCT ${call.arg(0).sql})${call.over} AS DECIMAL(18,0))`,
  type: fixed(18, 0),
  nullable: false,
}));

export const aggregateFunctions: FunctionTable = {
  SUM: aggregate(1, 1, sum),
  AVG: aggregate(1, 1, average),
  COUNT: aggregate(1, 20, count),
  COUNT_IF: aggregate(1, 1, (call) => ({
    sql: `CAST(count_if(${call.boolean(0)})${call.over} AS DECIMAL(18,0))`,
    type: fixed(18, 0),
    nullable: false,
  })),
  MIN: sameType('min'),
  MAX: sameType('max'),
  ANY_VALUE: sameType('any_value'),
  MODE: sameType('mode'),
  MAX_BY: valueBy('max_by'),
  MIN_BY: valueBy('min_by'),
  MEDIAN: aggregate(1, 1, (call) => interpolated(call, (value) => `median(${value})`, call.number(0))),
  PERCENTILE_CONT: aggregate(1, 1, (call) => percentile(call, 'quantile_cont')),
  PERCENTILE_DISC: aggregate(1, 1, (call) => percentile(call, 'quantile_disc')),
  // Exact, which is within what an approximation may answer.
  APPROX_PERCENTILE: aggregate(2, 2, (call) => ({
    sql: `quantile_cont(${castTo(call.number(0), real).sql}, ${call.literalNumber(1)})${call.over}`,
    type: real,
    nullable: true,
  })),
  STDDEV: statistic('stddev_samp'),
  STDDEV_SAMP: statistic('stddev_samp'),
  STDDEV_POP: statistic('stddev_pop'),
  VARIANCE: statistic('var_samp'),
  VAR_SAMP: statistic('var_samp'),
  VARIANCE_SAMP: statistic('var_samp'),
  VAR_POP: statistic('var_pop'),
  VARIANCE_POP: statistic('var_pop'),
  CORR: statistic('corr', 2),
  COVAR_POP: statistic('covar_pop', 2),
  COVAR_SAMP: statistic('covar_samp', 2),
  KURTOSIS: statistic('kurtosis'),
  SKEW: statistic('skewness'),
  LISTAGG: aggregate(1, 2, listAggregate),
  STRING_AGG: aggregate(1, 2, listAggregate),
  ARRAY_AGG: aggregate(1, 1, arrayAggregate),
  ARRAYAGG: aggregate(1, 1, arrayAggregate),
  OBJECT_AGG: aggregate(2, 2, objectAggregate),
  BOOLOR_AGG: logical('bool_or'),
  BOOLAND_AGG: logical('bool_and'),
  BITOR_AGG: bitwise('bit_or'),
  BITAND_AGG: bitwise('bit_and'),
  BITXOR_AGG: bitwise('bit_xor'),
  // Counting exactly is within what an approximation may answer.
  APPROX_COUNT_DISTINCT: distinctCount,
  HLL: distinctCount,
  GROUPING: aggregate(1, 10, (call) => ({
    sql: `CAST(grouping(${call
      .args()
      .map(({ sql }) => sql)
      .join(', ')}) AS DECIMAL(38,0))`,
    type: fixed(38, 0),
    nullable: false,
  })),
  GROUPING_ID: aggregate(1, 10, (call) => ({
    sql: `CAST(grouping(${call
      .args()
      .map(({ sql }) => sql)
      .join(', ')}) AS DECIMAL(38,0))`,
    type: fixed(38, 0),
    nullable: false,
  })),
};
