import type { TypeSyntax } from '../parser/expression-tree';
import { typeError, unsupported } from '../statements/warehouse-error';
import {
  array,
  binary,
  boolean,
  date,
  fixed,
  object,
  real,
  text,
  textOf,
  time,
  timestampLtz,
  timestampNtz,
  variant,
  type SnowflakeType,
} from './snowflake-type';

const plain: Readonly<Record<string, SnowflakeType>> = {
  FLOAT: real,
  FLOAT4: real,
  FLOAT8: real,
  DOUBLE: real,
  REAL: real,
  INT: fixed(38, 0),
  INTEGER: fixed(38, 0),
  BIGINT: fixed(38, 0),
  SMALLINT: fixed(38, 0),
  TINYINT: fixed(38, 0),
  BYTEINT: fixed(38, 0),
  BOOLEAN: boolean,
  DATE: date,
  TIME: time,
  DATETIME: timestampNtz,
  TIMESTAMP: timestampNtz,
  TIMESTAMP_NTZ: timestampNtz,
  TIMESTAMPNTZ: timestampNtz,
  TIMESTAMP_LTZ: timestampLtz,
  TIMESTAMPLTZ: timestampLtz,
  TIMESTAMP_TZ: { kind: 'timestamp_tz' },
  TIMESTAMPTZ: { kind: 'timestamp_tz' },
  VARIANT: variant,
  OBJECT: object,
  ARRAY: array,
};
const texts = new Set(['VARCHAR', 'STRING', 'TEXT', 'NVARCHAR', 'NVARCHAR2']);
const characters = new Set(['CHAR', 'CHARACTER', 'NCHAR']);
const decimals = new Set(['NUMBER', 'DECIMAL', 'NUMERIC', 'DEC']);

/** The type that was written. */
export function typeOf({ name, parameters, at }: TypeSyntax): SnowflakeType {
  const [first, second] = parameters;
  if (decimals.has(name)) return decimal(first ?? 38, second ?? 0, at);
  if (texts.has(name)) return first === undefined ? text : textOf(first);
  if (characters.has(name)) return textOf(first ?? 1);
  if (name === 'BINARY' || name === 'VARBINARY')
    return first === undefined ? binary : { kind: 'binary', length: first };
  const type = plain[name];
  if (!type) throw unsupported(`type ${name}`, at);
  if (first !== undefined && /INT/.test(name)) throw typeError(`Unexpected precision for ${name}`, at);
  return type;
}

function decimal(precision: number, scale: number, at: TypeSyntax['at']): SnowflakeType {
  if (precision < 1 || precision > 38)
    throw typeError(`Invalid precision ${precision}: it must be between 1 and 38`, at);
  if (scale > precision || scale > 37) throw typeError(`Invalid scale ${scale}: it must be at most the precision`, at);
  return fixed(precision, scale);
}
