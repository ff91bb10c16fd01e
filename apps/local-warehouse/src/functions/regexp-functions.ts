import { text as quoted } from '../engine/quote';
import { boolean, fixed, text } from '../sql/snowflake-type';
import { unsupported } from '../statements/warehouse-error';
import type { Compiled, FunctionCall } from './function-call';
import { scalar, type FunctionTable } from './function-definition';

/** Snowflake's letters as options inside the pattern; `e` chooses a group and is read elsewhere. */
function pattern(call: FunctionCall, flags: string): string {
  const unknown = /[^cimse]/.exec(flags);
  if (unknown) throw unsupported(`regular expression option '${unknown[0]}'`, call.at);
  const options = [...new Set(flags.replace(/[ce]/g, ''))].join('');
  return options ? `(${quoted(`(?${options})`)} || ${call.text(1)})` : call.text(1);
}

const flagsAt = (call: FunctionCall, index: number) => (call.has(index) ? call.literalText(index) : '');

function fromStart(call: FunctionCall, index: number): void {
  if (call.has(index) && call.literalNumber(index) !== 1)
    throw unsupported(`${call.name} from a later position`, call.at);
}

const matches = scalar(2, 3, (call) => ({
  sql: `regexp_full_match(${call.text(0)}, ${pattern(call, flagsAt(call, 2))})`,
  type: boolean,
  nullable: true,
}));

function substring(call: FunctionCall): Compiled {
  fromStart(call, 2);
  const occurrence = call.has(3) ? call.literalNumber(3) : 1;
  const flags = flagsAt(call, 4);
  const group = call.has(5) ? call.literalNumber(5) : flags.includes('e') ? 1 : 0;
  const sql = `regexp_extract_all(${call.text(0)}, ${pattern(call, flags)}, ${group})[${occurrence}]`;
  return { sql, type: text, nullable: true };
}

function replace(call: FunctionCall): Compiled {
  fromStart(call, 3);
  const occurrence = call.has(4) ? call.literalNumber(4) : 0;
  if (occurrence > 1) throw unsupported('REGEXP_REPLACE of a later occurrence', call.at);
  const replacement = call.has(2) ? call.text(2) : "''";
  const options = occurrence === 1 ? '' : ", 'g'";
  return {
    sql: `regexp_replace(${call.text(0)}, ${pattern(call, flagsAt(call, 5))}, ${replacement}${options})`,
    type: text,
    nullable: true,
  };
}

function count(call: FunctionCall): Compiled {
  fromStart(call, 2);
  const sql = `len(regexp_extract_all(${call.text(0)}, ${pattern(call, flagsAt(call, 3))}))`;
  return { sql: `CAST(${sql} AS DECIMAL(38,0))`, type: fixed(38, 0), nullable: true };
}

export const regexpFunctions: FunctionTable = {
  REGEXP_LIKE: matches,
  RLIKE: matches,
  REGEXP: matches,
  REGEXP_SUBSTR: scalar(2, 6, substring),
  REGEXP_REPLACE: scalar(2, 6, replace),
  REGEXP_COUNT: scalar(2, 4, count),
};
