import { real, text } from '../sql/snowflake-type';
import { scalar, type FunctionTable } from './function-definition';

const simulatedText = (least: number, most: number, subject: number) =>
  scalar(least, most, (call) => ({
    sql: `('[simulated by the local warehouse] ' || left(${call.text(subject)}, 80))`,
    type: text,
    nullable: call.arg(subject).nullable,
  }));

const sentiment = scalar(1, 1, (call) => ({
  sql: `CASE WHEN regexp_matches(${call.text(0)}, '(?i)good|great|love|excellent') THEN 0.8::DOUBLE
    WHEN regexp_matches(${call.text(0)}, '(?i)bad|hate|awful|poor') THEN -0.8::DOUBLE ELSE 0::DOUBLE END`,
  type: real,
  nullable: call.arg(0).nullable,
}));

/** No model runs here: these answer a fixed simulation, and their texts say so. */
export const cortexFunctions: FunctionTable = {
  'SNOWFLAKE.CORTEX.COMPLETE': simulatedText(2, 2, 1),
  'SNOWFLAKE.CORTEX.SUMMARIZE': simulatedText(1, 1, 0),
  'SNOWFLAKE.CORTEX.SENTIMENT': sentiment,
  AI_COMPLETE: simulatedText(2, 2, 1),
};
