import { z } from 'zod';
import { commonSettings } from '../kit/node-settings';
import { rowFunction, rowFunctionFields } from '../kit/row-function';

const config = z.strictObject({
  column: rowFunctionFields.column,
  as: rowFunctionFields.as,
  ...commonSettings,
});

export type AiSentimentConfig = z.infer<typeof config>;

/** Says for each row how a text feels, from -1 to 1. */
export const aiSentiment = rowFunction<AiSentimentConfig>({
  type: 'ai.sentiment',
  title: 'Sentiment',
  description: 'Says for each row how a text feels, from -1 to 1.',
  icon: 'smile',
  config,
  initialConfig: {},
  gives: 'FLOAT',
  examples: [{ title: 'How comments feel', config: { column: 'O_COMMENT', as: 'MOOD' } }],
});
