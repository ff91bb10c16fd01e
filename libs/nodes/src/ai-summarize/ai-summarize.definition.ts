import { z } from 'zod';
import { commonSettings } from '../kit/node-settings';
import { rowFunction, rowFunctionFields } from '../kit/row-function';

const config = z.strictObject({
  column: rowFunctionFields.column,
  as: rowFunctionFields.as,
  ...commonSettings,
});

export type AiSummarizeConfig = z.infer<typeof config>;

/** Sums up a text of each row. */
export const aiSummarize = rowFunction<AiSummarizeConfig>({
  type: 'ai.summarize',
  title: 'Summarize',
  description: 'Sums up a text of each row.',
  icon: 'text-quote',
  config,
  initialConfig: {},
  gives: 'VARCHAR(16777216)',
  examples: [{ title: 'Comments in short', config: { column: 'O_COMMENT', as: 'SHORT' } }],
});
