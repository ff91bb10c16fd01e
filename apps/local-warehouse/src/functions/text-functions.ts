import { concatenation } from '../sql/concatenation';
import { castTo } from '../sql/coercion';
import { boolean, fixed, text, type SnowflakeType } from '../sql/snowflake-type';
import type { Typed } from '../sql/typed';
import { unsupported } from '../statements/warehouse-error';
import type { Compiled, FunctionCall } from './function-call';
import { many, scalar, type FunctionTable } from './function-definition';

const nullableOf = (call: FunctionCall) => call.anyNullable();
const ofText = (least: number, most: number, sql: (call: FunctionCall) => string, type: SnowflakeType = text) =>
  scalar(least, most, (call) => ({ sql: sql(call), type, nullable: nullableOf(call) }));
const plain = (duckdb: string, args = 1, type: SnowflakeType = text) =>
  ofText(
    args,
    args,
    (call) =>
      `${duckdb}(${call
        .args()
        .map((_, index) => call.text(index))
        .join(', ')})`,
    type,
  );
/** Functions that leave a text's length as it is or make it shorter. */
const keepsLength = (duckdb: string) =>
  scalar(1, 1, (call) => {
    const { type } = call.arg(0);
    return { sql: `${duckdb}(${call.text(0)})`, type: type.kind === 'text' ? type : text, nullable: nullableOf(call) };
  });
const counted = (least: number, most: number, sql: (call: FunctionCall) => string) =>
  ofText(least, most, (call) => `CAST(${sql(call)} AS DECIMAL(18,0))`, fixed(18, 0));
const trim = (duckdb: string) =>
  ofText(1, 2, (call) => `${duckdb}(${call.text(0)}, ${call.has(1) ? call.text(1) : "' '"})`);

function concat(call: FunctionCall): Compiled {
  const [first, ...rest] = call.args();
  if (!first) throw call.argumentCount();
  return rest.reduce<Typed>((left, right) => concatenation(left, right, call.at), castTo(first, text));
}

function concatWithSeparator(call: FunctionCall): Compiled {
  const values = call.args().map((_, index) => call.text(index));
  const [separator = "''", ...rest] = values;
  return { sql: `(${rest.join(` || ${separator} || `)})`, type: text, nullable: nullableOf(call) };
}

function substring(call: FunctionCall): string {
  const start = call.integer(1);
  // A start of 0 means the first character too.
  const from = /^-?[1-9]\d*$/.test(start) ? start : `CASE WHEN ${start} = 0 THEN 1 ELSE ${start} END`;
  return `substr(${call.text(0)}, ${from}${call.has(2) ? `, greatest(${call.integer(2)}, 0)` : ''})`;
}

const side = (duckdb: 'left' | 'right') =>
  ofText(2, 2, (call) => `${duckdb}(${call.text(0)}, greatest(${call.integer(1)}, 0))`);
const pad = (duckdb: 'lpad' | 'rpad') =>
  ofText(
    2,
    3,
    (call) =>
      `${duckdb}(${call.text(0)}, CAST(greatest(${call.integer(1)}, 0) AS INTEGER), ${call.has(2) ? call.text(2) : "' '"})`,
  );

const position = counted(
  2,
  3,
  (call) => `sf_charindex(${call.text(0)}, ${call.text(1)}, ${call.has(2) ? call.integer(2) : '1'})`,
);

export const textFunctions: FunctionTable = {
  UPPER: keepsLength('upper'),
  LOWER: keepsLength('lower'),
  INITCAP: keepsLength('sf_initcap'),
  REVERSE: keepsLength('reverse'),
  TRIM: trim('trim'),
  LTRIM: trim('ltrim'),
  RTRIM: trim('rtrim'),
  LENGTH: counted(1, 1, (call) => `length(${call.text(0)})`),
  LEN: counted(1, 1, (call) => `length(${call.text(0)})`),
  OCTET_LENGTH: counted(1, 1, (call) => `octet_length(encode(${call.text(0)}))`),
  CONCAT: scalar(1, many, concat),
  CONCAT_WS: scalar(2, many, concatWithSeparator),
  SUBSTR: ofText(2, 3, substring),
  SUBSTRING: ofText(2, 3, substring),
  LEFT: side('left'),
  RIGHT: side('right'),
  LPAD: pad('lpad'),
  RPAD: pad('rpad'),
  REPLACE: ofText(2, 3, (call) => `replace(${call.text(0)}, ${call.text(1)}, ${call.has(2) ? call.text(2) : "''"})`),
  TRANSLATE: plain('translate', 3),
  REPEAT: ofText(2, 2, (call) => `repeat(${call.text(0)}, ${call.integer(1)})`),
  SPACE: ofText(1, 1, (call) => `repeat(' ', ${call.integer(0)})`),
  SPLIT_PART: ofText(3, 3, (call) => `sf_split_part(${call.text(0)}, ${call.text(1)}, ${call.integer(2)})`),
  STRTOK: scalar(1, 3, (call) => {
    const [delimiter, part] = [call.has(1) ? call.text(1) : "' '", call.has(2) ? call.integer(2) : '1'];
    return { sql: `sf_strtok(${call.text(0)}, ${delimiter}, ${part})`, type: text, nullable: true };
  }),
  CHARINDEX: position,
  POSITION: position,
  CONTAINS: plain('contains', 2, boolean),
  STARTSWITH: plain('starts_with', 2, boolean),
  ENDSWITH: plain('ends_with', 2, boolean),
  INSERT: ofText(4, 4, (call) => {
    const [source, from, length] = [call.text(0), call.integer(1), call.integer(2)];
    return `(substr(${source}, 1, ${from} - 1) || ${call.text(3)} || substr(${source}, ${from} + ${length}))`;
  }),
  EDITDISTANCE: counted(2, 2, (call) => `levenshtein(${call.text(0)}, ${call.text(1)})`),
  ASCII: counted(1, 1, (call) => `CASE WHEN ${call.text(0)} = '' THEN 0 ELSE ascii(${call.text(0)}) END`),
  CHR: ofText(1, 1, (call) => `chr(CAST(${call.integer(0)} AS INTEGER))`),
  CHAR: ofText(1, 1, (call) => `chr(CAST(${call.integer(0)} AS INTEGER))`),
  MD5: plain('md5'),
  MD5_HEX: plain('md5'),
  SHA1: plain('sha1'),
  SHA1_HEX: plain('sha1'),
  SHA2: scalar(1, 2, (call) => {
    if (call.has(1) && call.literalNumber(1) !== 256) throw unsupported('SHA2 of another length than 256', call.at);
    return { sql: `sha256(${call.text(0)})`, type: text, nullable: nullableOf(call) };
  }),
  BASE64_ENCODE: ofText(1, 1, (call) => `to_base64(encode(${call.text(0)}))`),
  BASE64_DECODE_STRING: ofText(1, 1, (call) => `decode(from_base64(${call.text(0)}))`),
  HEX_ENCODE: ofText(1, 1, (call) => `hex(${call.text(0)})`),
  HEX_DECODE_STRING: ofText(1, 1, (call) => `decode(unhex(${call.text(0)}))`),
};
