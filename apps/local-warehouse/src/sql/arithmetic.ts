import { typeError, unsupported, type SourcePosition } from '../statements/warehouse-error';
import { castTo } from './coercion';
import { date, duckdbType, fixed, real, timestampNtz, typeName, type SnowflakeType } from './snowflake-type';
import { isDateOrTimestamp, isFixed, isText, type Typed } from './typed';

type Fixed = SnowflakeType & { kind: 'fixed' };
type Operator = '+' | '-' | '*' | '/' | '%';

/** A number for arithmetic: texts and variants are read as numbers, as Snowflake does. */
function asNumber(value: Typed): Typed {
  if (value.interval) throw typeError('An interval can only be added to a date or a time', value.at);
  if (value.isNull) return castTo(value, fixed(38, 0));
  if (value.type.kind === 'fixed' || value.type.kind === 'real') return value;
  if (isText(value)) return castTo(value, fixed(38, 12));
  if (value.type.kind === 'variant') return castTo(value, fixed(38, 12));
  if (value.type.kind === 'boolean') return castTo(value, fixed(1, 0));
  throw typeError(`Invalid argument types for function: (${typeName(value.type)})`, value.at);
}

/** `left operator right` with Snowflake's result type, exact for decimals. */
export function arithmetic(operator: Operator, left: Typed, right: Typed, at: SourcePosition): Typed {
  if (isDateOrTimestamp(left) || isDateOrTimestamp(right)) return dateArithmetic(operator, left, right, at);
  const a = asNumber(left);
  const b = asNumber(right);
  const nullable = a.nullable || b.nullable;
  if (a.type.kind === 'real' || b.type.kind === 'real')
    return { ...realArithmetic(operator, castTo(a, real), castTo(b, real)), nullable, at };
  const result = fixedArithmetic(operator, a as Typed & { type: Fixed }, b as Typed & { type: Fixed });
  return { ...result, nullable, at };
}

function realArithmetic(operator: Operator, a: Typed, b: Typed): { sql: string; type: SnowflakeType } {
  if (operator === '/') return { sql: `sf_real_div(${a.sql}, ${b.sql})`, type: real };
  if (operator === '%') return { sql: `sf_mod(${a.sql}, ${b.sql})`, type: real };
  return { sql: `(${a.sql} ${operator} ${b.sql})`, type: real };
}

function fixedArithmetic(operator: Operator, a: Typed & { type: Fixed }, b: Typed & { type: Fixed }) {
  const [{ precision: p1, scale: s1 }, { precision: p2, scale: s2 }] = [a.type, b.type];
  const [l1, l2] = [p1 - s1, p2 - s2];
  switch (operator) {
    case '+':
    case '-': {
      const scale = Math.max(s1, s2);
      return exact(`(${a.sql} ${operator} ${b.sql})`, fixed(Math.max(l1, l2) + scale + 1, scale));
    }
    case '*': {
      const scale = Math.min(s1 + s2, Math.max(s1, s2, 12));
      return exact(`(${a.sql} * ${b.sql})`, fixed(l1 + l2 + scale, scale));
    }
    case '%': {
      const scale = Math.max(s1, s2);
      return exact(`sf_mod(${a.sql}, ${b.sql})`, fixed(Math.max(l1, l2) + scale, scale));
    }
    case '/': {
      const scale = Math.max(s1, Math.min(s1 + 6, 12));
      return exact(quotient(a, { sql: b.sql, scale: s2 }, scale), fixed(l1 + s2 + scale, scale));
    }
  }
}

const exact = (sql: string, type: SnowflakeType) => ({ sql: `CAST(${sql} AS ${duckdbType(type)})`, type });

/** A decimal with `power` more digits before its point, as a whole number. */
const whole = (sql: string, power: number) =>
  `CAST(${sql} * CAST(1e${power} AS DECIMAL(${Math.min(38, power + 1)},0)) AS HUGEINT)`;

/** a / b rounded to `scale` digits: exact where a division of doubles is not. */
export function quotient(a: { sql: string }, b: { sql: string; scale: number }, scale: number): string {
  const units = `sf_round_div(${whole(a.sql, scale + b.scale)}, ${whole(b.sql, b.scale)})`;
  return `CAST(${units} AS DECIMAL(38,0)) * CAST(1e-${scale} AS DECIMAL(${Math.max(1, scale)},${scale}))`;
}

function dateArithmetic(operator: Operator, left: Typed, right: Typed, at: SourcePosition): Typed {
  const nullable = left.nullable || right.nullable;
  if (left.interval && operator === '+') return dateArithmetic('+', right, left, at);
  if (right.interval && (operator === '+' || operator === '-')) {
    const keepsDate = left.type.kind === 'date' && !right.interval.hasTime;
    const sql = `(${left.sql} ${operator} ${right.sql})`;
    if (keepsDate) return { sql: `CAST(${sql} AS DATE)`, type: date, nullable, at };
    return { sql, type: left.type.kind === 'date' ? timestampNtz : left.type, nullable, at };
  }
  if (left.type.kind === 'date' && right.type.kind === 'date' && operator === '-') {
    return { sql: `CAST(${left.sql} - ${right.sql} AS DECIMAL(9,0))`, type: fixed(9, 0), nullable, at };
  }
  if (left.type.kind === 'date' && isFixed(right) && (operator === '+' || operator === '-')) {
    return { sql: `(${left.sql} ${operator} CAST(${right.sql} AS INTEGER))`, type: date, nullable, at };
  }
  if (right.type.kind === 'date' && isFixed(left) && operator === '+') return dateArithmetic('+', right, left, at);
  throw unsupported(`${typeName(left.type)} ${operator} ${typeName(right.type)}`, at);
}

/** An INTERVAL literal such as '1 day' or '2 hours, 30 minutes'. */
export function interval(source: string, at: SourcePosition): Typed {
  const parts = source.split(',').map((part) => /^\s*([+-]?\d+)\s*([A-Za-z]+)?\s*$/.exec(part));
  const units = parts.map((part) => intervalUnits[(part?.[2] ?? 'second').toLowerCase().replace(/s$/, '')]);
  if (parts.includes(null) || units.includes(undefined)) throw typeError(`Invalid interval '${source}'`, at);
  const sql = parts.map((part, index) => `to_${units[index]}s(${part?.[1]})`).join(' + ');
  const hasTime = units.some(
    (unit) => unit === 'hour' || unit === 'minute' || unit === 'second' || unit === 'millisecond',
  );
  return { sql: `(${sql})`, type: fixed(38, 0), nullable: false, interval: { text: source, hasTime }, at };
}

const intervalUnits: Readonly<Record<string, string>> = {
  year: 'year',
  y: 'year',
  yy: 'year',
  yyyy: 'year',
  quarter: 'quarter',
  month: 'month',
  mon: 'month',
  mm: 'month',
  week: 'week',
  w: 'week',
  day: 'day',
  d: 'day',
  dd: 'day',
  hour: 'hour',
  h: 'hour',
  hh: 'hour',
  hr: 'hour',
  minute: 'minute',
  m: 'minute',
  mi: 'minute',
  min: 'minute',
  second: 'second',
  s: 'second',
  sec: 'second',
  millisecond: 'millisecond',
  ms: 'millisecond',
};
