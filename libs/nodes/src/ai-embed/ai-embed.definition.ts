import { z } from 'zod';
import { commonSettings } from '../kit/node-settings';
import { rowFunction, rowFunctionFields } from '../kit/row-function';

const config = z.strictObject({
  column: rowFunctionFields.column,
  model: z
    .string()
    .trim()
    .min(1, 'Name a model')
    .max(200)
    .meta({ ui: { label: 'Model', widget: 'model', placeholder: 'snowflake-arctic-embed-m-v1.5' } }),
  as: rowFunctionFields.as,
  ...commonSettings,
});

export type AiEmbedConfig = z.infer<typeof config>;

/** Turns a text of each row into numbers by which texts are compared. */
export const aiEmbed = rowFunction<AiEmbedConfig>({
  type: 'ai.embed',
  title: 'Embed',
  description: 'Turns a text of each row into numbers by which texts are compared.',
  icon: 'binary',
  config,
  initialConfig: { model: 'snowflake-arctic-embed-m-v1.5' },
  gives: 'ARRAY',
  examples: [
    {
      title: 'For search by meaning',
      config: { column: 'O_COMMENT', model: 'snowflake-arctic-embed-m-v1.5', as: 'EMBEDDING' },
    },
  ],
});
