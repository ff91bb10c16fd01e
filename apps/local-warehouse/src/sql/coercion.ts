import { typeError, unsupported, type SourcePosition } from '../statements/warehouse-error';
import {
  duckdbType,
  fixed,
  maxTextLength,
  real,
  text,
  textOf,
  timestampLtz,
  timestampNtz,
  typeName,
  variant,
  type SnowflakeType,
} from './snowflake-type';
import type { Typed } from './typed';

export type CastMode = 'cast' | 'try' | 'implicit';

const sameType = (a: SnowflakeType, b: SnowflakeType) => typeName(a) === typeName(b);

/** A value as another type, by Snowflake's rules; a pair of types without a rule is refused. */
export function castTo(value: Typed, target: SnowflakeType, mode: CastMode = 'implicit'): Typed {
  if (value.interval) throw typeError('An interval cannot be converted', value.at);
  if (value.isNull) return { ...value, sql: `CAST(NULL AS ${duckdbType(target)})`, type: target, isNull: false };
  if (sameType(value.type, target)) return value;
  const sql = castSql(value, target, mode);
  return { sql, type: target, nullable: value.nullable || mode === 'try', at: value.at, literal: undefined };
}

function castSql(value: Typed, target: SnowflakeType, mode: CastMode): string {
  const { sql, type } = value;
  const cast = mode === 'try' ? 'TRY_CAST' : 'CAST';
  const source = isSemiStructured(type) ? 'json' : type.kind;
  if (source === 'json' && !isSemiStructured(target)) return castJson(value, target, mode);
  switch (target.kind) {
    case 'fixed':
      if (source === 'fixed' || source === 'real' || source === 'text')
        return `${cast}(${sql} AS ${duckdbType(target)})`;
      if (source === 'boolean') return `CAST(CAST(${sql} AS INTEGER) AS ${duckdbType(target)})`;
      break;
    case 'real':
      if (source === 'fixed' || source === 'text') return `${cast}(${sql} AS DOUBLE)`;
      if (source === 'boolean') return `CAST(CAST(${sql} AS INTEGER) AS DOUBLE)`;
      break;
    case 'text':
      return shorten(textSql(value), target.length, value);
    case 'boolean':
      if (source === 'text') return `${mode === 'try' ? 'sf_try_boolean' : 'sf_to_boolean'}(${sql})`;
      if (source === 'fixed' || source === 'real') return `(${sql} <> 0)`;
      break;
    case 'date':
      if (source === 'text') return `${mode === 'try' ? 'sf_try_date' : 'sf_to_date'}(${sql})`;
      if (source.startsWith('timestamp')) return `CAST(${sql} AS DATE)`;
      break;
    case 'time':
      if (source === 'text' || source === 'timestamp_ntz') return `${cast}(${sql} AS TIME)`;
      break;
    case 'timestamp_ntz':
      if (source === 'text') return `${mode === 'try' ? 'sf_try_timestamp' : 'sf_to_timestamp'}(${sql})`;
      if (source === 'date' || source.startsWith('timestamp')) return `CAST(${sql} AS TIMESTAMP)`;
      break;
    case 'timestamp_ltz':
      if (source === 'text') return `${mode === 'try' ? 'sf_try_timestamp_ltz' : 'sf_to_timestamp_ltz'}(${sql})`;
      if (source === 'date' || source.startsWith('timestamp')) return `CAST(${sql} AS TIMESTAMPTZ)`;
      break;
    case 'timestamp_tz':
      throw unsupported('conversion to TIMESTAMP_TZ', value.at);
    case 'binary':
      if (source === 'binary') return sql;
      if (source === 'text') return `unhex(${sql})`;
      break;
    case 'variant':
    case 'object':
    case 'array':
      return jsonSql(value, target.kind);
  }
  throw typeError(`invalid type [${typeName(target)}] for a value of type ${typeName(type)}`, value.at);
}

const isSemiStructured = ({ kind }: SnowflakeType) => kind === 'variant' || kind === 'object' || kind === 'array';

function castJson(value: Typed, target: SnowflakeType, mode: CastMode): string {
  const asText: Typed = { ...value, sql: `sf_json_text(${value.sql})`, type: text, literal: undefined };
  if (target.kind === 'text') return shorten(asText.sql, target.length, value);
  return castSql(asText, target, mode);
}

/** An explicit cast cuts a text to its length; the types of literals are shorter already. */
function shorten(sql: string, length: number, { type }: Typed): string {
  return length >= maxTextLength || (type.kind === 'text' && type.length <= length) ? sql : `left(${sql}, ${length})`;
}

function textSql({ sql, type, at }: Typed): string {
  switch (type.kind) {
    case 'text':
      return sql;
    case 'real':
      return `sf_real_text(${sql})`;
    case 'timestamp_ntz':
      return `sf_timestamp_text(${sql})`;
    case 'timestamp_ltz':
      return `(sf_timestamp_text(CAST(${sql} AS TIMESTAMP)) || ' +0000')`;
    case 'binary':
      return `hex(${sql})`;
    case 'timestamp_tz':
      throw unsupported('TIMESTAMP_TZ as text', at);
    default:
      return `CAST(${sql} AS VARCHAR)`;
  }
}

/** SQL that writes a value as JSON. */
export function jsonSql(value: Typed, kind: 'variant' | 'object' | 'array'): string {
  const { sql, type } = value;
  if (type.kind === kind || (isSemiStructured(type) && kind === 'variant')) return sql;
  if (kind === 'array' && type.kind === 'variant') {
    return `CASE WHEN json_type(${sql}) = 'ARRAY' THEN ${sql} WHEN ${sql} IS NOT NULL THEN json_array(${sql}) END`;
  }
  if (kind === 'object' && type.kind === 'variant') return sql;
  if (kind !== 'variant')
    throw typeError(`invalid type [${kind.toUpperCase()}] for a value of type ${typeName(type)}`, value.at);
  switch (type.kind) {
    case 'fixed':
      return `sf_number_json(${sql})`;
    case 'real':
    case 'boolean':
      return `to_json(${sql})`;
    default:
      return `to_json(${textSql(value)})`;
  }
}

const digits = (type: SnowflakeType & { kind: 'fixed' }) => type.precision - type.scale;

/** The type that holds both, as CASE, COALESCE and UNION need it; undefined where Snowflake has none. */
function commonOfTwo(a: SnowflakeType, b: SnowflakeType): SnowflakeType | undefined {
  if (sameType(a, b)) return a;
  if (a.kind === 'fixed' && b.kind === 'fixed') {
    const scale = Math.max(a.scale, b.scale);
    return fixed(Math.max(digits(a), digits(b)) + scale, scale);
  }
  if (a.kind === 'text' && b.kind === 'text') return textOf(Math.max(a.length, b.length));
  if (a.kind === 'binary' && b.kind === 'binary') return a.length > b.length ? a : b;
  const kinds = new Set([a.kind, b.kind]);
  const other = (kind: SnowflakeType['kind']) => (a.kind === kind ? b : a);
  if (kinds.has('variant')) return variant;
  if (kinds.has('real') && kinds.has('fixed')) return real;
  if (kinds.has('text')) return promotedText(other('text'));
  if (kinds.has('timestamp_ltz') && (kinds.has('timestamp_ntz') || kinds.has('date'))) return timestampLtz;
  if (kinds.has('timestamp_ntz') && kinds.has('date')) return timestampNtz;
  if (kinds.has('boolean') && kinds.has('fixed')) return other('boolean');
  return undefined;
}

/** What a text becomes beside another type: the other type, with room for decimals where it is a number. */
function promotedText(type: SnowflakeType): SnowflakeType | undefined {
  if (type.kind === 'fixed') return fixed(38, Math.max(type.scale, 12));
  return isSemiStructured(type) && type.kind !== 'variant' ? undefined : type;
}

export function commonType(values: readonly Typed[], at: SourcePosition): SnowflakeType {
  let found: SnowflakeType | undefined;
  for (const { type, isNull } of values) {
    if (isNull) continue;
    const next: SnowflakeType | undefined = found ? commonOfTwo(found, type) : type;
    if (!next)
      throw typeError(
        `Can not convert values of type ${typeName(type)} and ${typeName(found ?? type)} to one type`,
        at,
      );
    found = next;
  }
  return found ?? text;
}

/** Two values made comparable: a text beside a date is read as a date, a variant as the other's type. */
export function comparable(left: Typed, right: Typed): [Typed, Typed] {
  if (left.isNull && right.isNull) return [castTo(left, text), castTo(right, text)];
  if (left.isNull) return [castTo(left, right.type), right];
  if (right.isNull) return [left, castTo(right, left.type)];
  if (left.type.kind === right.type.kind) return [left, right];
  if (left.type.kind === 'variant' && !isSemiStructured(right.type))
    return [castTo(left, unwrapped(right.type)), right];
  if (right.type.kind === 'variant' && !isSemiStructured(left.type)) return [left, castTo(right, unwrapped(left.type))];
  const numeric = new Set([left.type.kind, right.type.kind]);
  if (numeric.size === 2 && numeric.has('fixed') && numeric.has('real'))
    return [castTo(left, real), castTo(right, real)];
  const type = commonType([left, right], left.at);
  return [castTo(left, type), castTo(right, type)];
}

const unwrapped = (type: SnowflakeType): SnowflakeType =>
  type.kind === 'fixed' ? fixed(38, Math.max(12, type.scale)) : type;
