import { text as quoted } from '../engine/quote';
import { castTo, type CastMode } from '../sql/coercion';
import {
  binary,
  boolean,
  date,
  duckdbType,
  fixed,
  real,
  text,
  time,
  timestampLtz,
  timestampNtz,
  type SnowflakeType,
} from '../sql/snowflake-type';
import { isDateOrTimestamp, isNumeric, isText, type Typed } from '../sql/typed';
import { unsupported } from '../statements/warehouse-error';
import { dateFormat, numberFormat } from './format-model';
import type { Compiled, FunctionCall } from './function-call';
import { scalar, type FunctionTable } from './function-definition';

function toText(call: FunctionCall): Compiled {
  const value = call.arg(0);
  if (!call.has(1)) return castTo(value, text, 'cast');
  const format = call.literalText(1);
  if (isNumeric(value)) return { sql: numberFormat(value.sql, format, call.at), type: text, nullable: value.nullable };
  if (!isDateOrTimestamp(value)) throw unsupported(`${call.name} of this type with a format`, call.at);
  const moment = value.type.kind === 'timestamp_ltz' ? castTo(value, timestampNtz) : value;
  return {
    sql: `strftime(${moment.sql}, ${quoted(dateFormat(format, call.at))})`,
    type: text,
    nullable: value.nullable,
  };
}

function toNumber(call: FunctionCall, mode: CastMode): Compiled {
  const lastIsNumber = !call.has(1) || typeof call.arg(1).literal === 'number';
  if (!lastIsNumber) throw unsupported(`${call.name} with a format`, call.at);
  const precision = call.has(1) ? call.literalNumber(1) : 38;
  const scale = call.has(2) ? call.literalNumber(2) : 0;
  return castTo(call.arg(0), fixed(precision, scale), tryMode(call.arg(0), mode));
}

/** TRY_ functions take text; of another type they convert plainly. */
const tryMode = (value: Typed, mode: CastMode): CastMode => (mode === 'try' && !isText(value) ? 'cast' : mode);

const convert = (type: SnowflakeType, mode: CastMode = 'cast') =>
  scalar(1, 1, (call) => castTo(call.arg(0), type, tryMode(call.arg(0), mode)));

/** TO_DATE and TO_TIMESTAMP: with a format, of a text, or of seconds since 1970. */
const moment = (type: SnowflakeType, mode: CastMode) =>
  scalar(1, 2, (call) => {
    const value = call.arg(0);
    if (isNumeric(value)) {
      if (call.has(1) && call.literalNumber(1) !== 0 && call.literalNumber(1) !== 3)
        throw unsupported(`${call.name} of this scale`, call.at);
      const perUnit = call.has(1) && call.literalNumber(1) === 3 ? 1000 : 1_000_000;
      const stamp = `make_timestamp(CAST(CAST(${value.sql} AS DECIMAL(30,6)) * ${perUnit} AS BIGINT))`;
      return castTo({ sql: stamp, type: timestampNtz, nullable: value.nullable, at: call.at }, type, 'cast');
    }
    if (!call.has(1) || (isText(value) && call.literalText(1).toUpperCase() === 'AUTO')) {
      return castTo(value, type, tryMode(value, mode));
    }
    const parse = mode === 'try' ? 'try_strptime' : 'strptime';
    const sql = `CAST(${parse}(${call.text(0)}, ${quoted(dateFormat(call.literalText(1), call.at))}) AS ${duckdbType(type)})`;
    return { sql, type, nullable: value.nullable || mode === 'try' };
  });

const numbers = {
  cast: scalar(1, 3, (call) => toNumber(call, 'cast')),
  try: scalar(1, 3, (call) => toNumber(call, 'try')),
};

function toBinary(call: FunctionCall): Compiled {
  const format = call.has(1) ? call.literalText(1).toUpperCase() : 'HEX';
  const writers: Readonly<Record<string, string>> = {
    HEX: 'unhex',
    BASE64: 'from_base64',
    'UTF-8': 'encode',
    UTF8: 'encode',
  };
  const writer = writers[format];
  if (!writer) throw unsupported(`binary format ${format}`, call.at);
  return { sql: `${writer}(${call.text(0)})`, type: binary, nullable: call.arg(0).nullable };
}

export const conversionFunctions: FunctionTable = {
  TO_VARCHAR: scalar(1, 2, toText),
  TO_CHAR: scalar(1, 2, toText),
  TO_NUMBER: numbers.cast,
  TO_DECIMAL: numbers.cast,
  TO_NUMERIC: numbers.cast,
  TRY_TO_NUMBER: numbers.try,
  TRY_TO_DECIMAL: numbers.try,
  TRY_TO_NUMERIC: numbers.try,
  TO_DOUBLE: convert(real),
  TRY_TO_DOUBLE: convert(real, 'try'),
  TO_BOOLEAN: convert(boolean),
  TRY_TO_BOOLEAN: convert(boolean, 'try'),
  TO_DATE: moment(date, 'cast'),
  DATE: moment(date, 'cast'),
  TRY_TO_DATE: moment(date, 'try'),
  TO_TIME: convert(time),
  TIME: convert(time),
  TRY_TO_TIME: convert(time, 'try'),
  TO_TIMESTAMP: moment(timestampNtz, 'cast'),
  TO_TIMESTAMP_NTZ: moment(timestampNtz, 'cast'),
  TO_TIMESTAMP_LTZ: moment(timestampLtz, 'cast'),
  TRY_TO_TIMESTAMP: moment(timestampNtz, 'try'),
  TRY_TO_TIMESTAMP_NTZ: moment(timestampNtz, 'try'),
  TRY_TO_TIMESTAMP_LTZ: moment(timestampLtz, 'try'),
  TO_BINARY: scalar(1, 2, toBinary),
};
