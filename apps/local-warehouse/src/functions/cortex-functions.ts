import { text as quoted } from '../engine/quote';
import { simulatedMark } from '../cortex/models';
import { array, object, real, text } from '../sql/snowflake-type';
import type { FunctionCall } from './function-call';
import { scalar, type FunctionTable } from './function-definition';

const mark = quoted(`${simulatedMark} `);

const simulatedText = (least: number, most: number, subject: number) =>
  scalar(least, most, (call) => ({
    sql: `(${mark} || left(${call.text(subject)}, 80))`,
    type: text,
    nullable: call.arg(subject).nullable,
  }));

const translate = scalar(3, 3, (call) => ({
  sql: `(${mark} || '(' || ${call.text(2)} || ') ' || ${call.text(0)})`,
  type: text,
  nullable: true,
}));

const sentiment = scalar(1, 1, (call) => ({
  sql: `CASE WHEN regexp_matches(${call.text(0)}, '(?i)good|great|love|excellent') THEN 0.8::DOUBLE
    WHEN regexp_matches(${call.text(0)}, '(?i)bad|hate|awful|poor') THEN -0.8::DOUBLE ELSE 0::DOUBLE END`,
  type: real,
  nullable: call.arg(0).nullable,
}));

const orNull = (call: FunctionCall, sql: string) => `CASE WHEN ${call.text(0)} IS NOT NULL THEN ${sql} END`;

/** The first category that the text names, else the first there is. */
const classify = scalar(2, 3, (call) => {
  const names = `from_json(CAST(${call.arg(1).sql} AS JSON), '["VARCHAR"]')`;
  const named = `list_filter(${names}, lambda name: contains(lower(${call.text(0)}), lower(name)))`;
  return {
    sql: orNull(call, `to_json({'labels': [coalesce(${named}[1], ${names}[1])]})`),
    type: object,
    nullable: true,
  };
});

/** To every question the beginning of the text. */
const extract = scalar(2, 2, (call) => {
  const keys = `json_keys(CAST(${call.arg(1).sql} AS JSON))`;
  const answer = `${mark} || left(${call.text(0)}, 40)`;
  const pairs = `list_transform(${keys}, lambda k: {'k': k, 'v': ${answer}})`;
  return {
    sql: orNull(call, `to_json({'error': NULL, 'response': map_from_entries(${pairs})})`),
    type: object,
    nullable: true,
  };
});

/** Eight numbers between -1 and 1 out of a hash of each: no measure of what texts mean. */
const embed = scalar(2, 2, (call) => {
  const subject = call.text(1);
  const numbers = `list_transform(range(8), lambda i: (hash(${subject}, i) % 2001)::DOUBLE / 1000 - 1)`;
  return { sql: `CASE WHEN ${subject} IS NOT NULL THEN to_json(${numbers}) END`, type: array, nullable: true };
});

/** No model runs here: these answer a fixed simulation, and their texts say so. */
export const cortexFunctions: FunctionTable = {
  'SNOWFLAKE.CORTEX.COMPLETE': simulatedText(2, 2, 1),
  'SNOWFLAKE.CORTEX.SUMMARIZE': simulatedText(1, 1, 0),
  'SNOWFLAKE.CORTEX.SENTIMENT': sentiment,
  AI_CLASSIFY: classify,
  AI_COMPLETE: simulatedText(2, 4, 1),
  AI_EMBED: embed,
  AI_EXTRACT: extract,
  AI_TRANSLATE: translate,
};
