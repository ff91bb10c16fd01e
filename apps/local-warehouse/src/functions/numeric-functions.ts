import { castTo } from '../sql/coercion';
import { arithmetic } from '../sql/arithmetic';
import { duckdbType, fixed, real } from '../sql/snowflake-type';
import type { Compiled, FunctionCall } from './function-call';
import { isDateOrTimestamp } from '../sql/typed';
import { truncate } from './date-functions';
import { dateUnit } from './date-parts';
import { scalar, type FunctionTable } from './function-definition';

const ofReal = (duckdb: string, args = 1) =>
  scalar(args, args, (call) => ({
    sql: `${duckdb}(${call
      .args()
      .map((_, index) => castTo(call.number(index), real).sql)
      .join(', ')})`,
    type: real,
    nullable: true,
  }));

/** ROUND, TRUNC, CEIL and FLOOR keep as many decimals as they are asked for; a negative number of them rounds before the point. */
const rounding = (duckdb: 'round' | 'trunc' | 'ceil' | 'floor') =>
  scalar(1, 2, (call): Compiled => {
    const value = call.number(0);
    const digits = call.has(1) ? call.literalNumber(1) : 0;
    const { nullable } = value;
    if (value.type.kind !== 'fixed') {
      if (digits === 0) return { sql: `${duckdb}(${value.sql})`, type: real, nullable };
      return { sql: `(${duckdb}(${value.sql} * ${10 ** digits}) / ${10 ** digits})`, type: real, nullable };
    }
    const { precision, scale } = value.type;
    if (digits >= scale) return value;
    const kept = Math.max(0, digits);
    const type = fixed(Math.min(38, precision - scale + kept + 1), kept);
    if (duckdb === 'round' && digits >= 0) return { sql: `CAST(${value.sql} AS ${duckdbType(type)})`, type, nullable };
    const power = `CAST(1e${Math.abs(digits)} AS DECIMAL(38,0))`;
    const sql =
      digits < 0
        ? `${duckdb}(CAST(${value.sql} AS DECIMAL(38,${scale})) / ${power}) * ${power}`
        : `${duckdb}(CAST(${value.sql} AS DECIMAL(38,${scale})) * ${power}) * CAST(1e-${kept} AS DECIMAL(${Math.max(1, kept)},${kept}))`;
    return { sql: `CAST(${sql} AS ${duckdbType(type)})`, type, nullable };
  });

/** TRUNC of a number, or of a date to a part. */
const truncation = scalar(1, 2, (call) =>
  isDateOrTimestamp(call.arg(0)) && call.has(1)
    ? truncate(dateUnit(call.part(1), call.at).unit, call.moment(0))
    : rounding('trunc').compile(call),
);

const sameType = (duckdb: string) =>
  scalar(1, 1, (call) => {
    const { sql, type, nullable } = call.number(0);
    return { sql: `CAST(${duckdb}(${sql}) AS ${duckdbType(type)})`, type, nullable };
  });

const bits = (operator: string) =>
  scalar(2, 2, (call) => ({
    sql: `CAST((${call.integer(0)} ${operator} ${call.integer(1)}) AS DECIMAL(38,0))`,
    type: fixed(38, 0),
    nullable: true,
  }));

/** A square root or a logarithm of what has none is an error, not NaN. */
const logarithm = (call: FunctionCall): Compiled => {
  const [base, value] = [castTo(call.number(0), real).sql, castTo(call.number(1), real).sql];
  return { sql: `(ln(${value}) / ln(${base}))`, type: real, nullable: true };
};

export const numericFunctions: FunctionTable = {
  ABS: sameType('abs'),
  ROUND: rounding('round'),
  TRUNC: truncation,
  TRUNCATE: truncation,
  CEIL: rounding('ceil'),
  FLOOR: rounding('floor'),
  MOD: scalar(2, 2, (call) => arithmetic('%', call.number(0), call.number(1), call.at)),
  SIGN: scalar(1, 1, (call) => ({
    sql: `CAST(sign(${call.number(0).sql}) AS DECIMAL(1,0))`,
    type: fixed(1, 0),
    nullable: call.arg(0).nullable,
  })),
  SQRT: ofReal('sqrt'),
  CBRT: ofReal('cbrt'),
  EXP: ofReal('exp'),
  LN: ofReal('ln'),
  LOG: scalar(2, 2, logarithm),
  POWER: ofReal('pow', 2),
  POW: ofReal('pow', 2),
  SQUARE: scalar(1, 1, (call) => ({ sql: `pow(${castTo(call.number(0), real).sql}, 2)`, type: real, nullable: true })),
  SIN: ofReal('sin'),
  COS: ofReal('cos'),
  TAN: ofReal('tan'),
  COT: ofReal('cot'),
  ASIN: ofReal('asin'),
  ACOS: ofReal('acos'),
  ATAN: ofReal('atan'),
  ATAN2: ofReal('atan2', 2),
  DEGREES: ofReal('degrees'),
  RADIANS: ofReal('radians'),
  PI: scalar(0, 0, () => ({ sql: 'pi()', type: real, nullable: false })),
  FACTORIAL: scalar(1, 1, (call) => ({
    sql: `CAST(factorial(CAST(${call.integer(0)} AS INTEGER)) AS DECIMAL(38,0))`,
    type: fixed(38, 0),
    nullable: true,
  })),
  BITNOT: scalar(1, 1, (call) => ({
    sql: `CAST((~${call.integer(0)}) AS DECIMAL(38,0))`,
    type: fixed(38, 0),
    nullable: call.arg(0).nullable,
  })),
  BITAND: bits('&'),
  BITOR: bits('|'),
  BITXOR: scalar(2, 2, (call) => ({
    sql: `CAST(xor(${call.integer(0)}, ${call.integer(1)}) AS DECIMAL(38,0))`,
    type: fixed(38, 0),
    nullable: true,
  })),
  BITSHIFTLEFT: bits('<<'),
  BITSHIFTRIGHT: bits('>>'),
};
