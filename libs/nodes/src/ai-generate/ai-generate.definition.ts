import { z } from 'zod';
import { columnsAt } from '../kit/column-checks';
import { short, textAt } from '../kit/half-filled';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { newColumnProblems, rowFunctionFields, rowModel } from '../kit/row-function';
import { itemNames, templateProblems } from '../kit/text-template';

const config = z
  .strictObject({
    model: z
      .string()
      .trim()
      .min(1, 'Name a model')
      .max(200)
      .meta({ ui: { label: 'Model', widget: 'model', placeholder: 'claude-sonnet-4-5', hint: 'A model of Cortex' } }),
    prompt: z
      .string()
      .trim()
      .min(1, 'Write what to ask')
      .max(20_000)
      .meta({
        ui: {
          label: 'Prompt for each row',
          widget: 'textarea',
          placeholder: 'Answer this comment: {{ item.O_COMMENT }}',
          hint: '{{ item.COLUMN }} stands for a column of the row',
        },
      }),
    as: rowFunctionFields.as,
    temperature: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .meta({ ui: { label: 'Temperature', hint: '0 varies least, 1 most' } }),
    maxTokens: z
      .int()
      .min(1)
      .max(32_000)
      .optional()
      .meta({ ui: { label: 'Tokens of an answer at most' } }),
    ...commonSettings,
  })
  .refine(({ prompt }) => itemNames(prompt) !== undefined, {
    path: ['prompt'],
    message: '{{ item }} alone is a whole row. Name its columns: {{ item.COLUMN }}',
  });

export type AiGenerateConfig = z.infer<typeof config>;

/** Asks a model of Cortex for each row, as a function in the statement. */
export const aiGenerate: NodeDefinition<AiGenerateConfig> = {
  ...rowModel<AiGenerateConfig>(
    {
      type: 'ai.generate',
      title: 'Complete each row',
      description: 'Asks a model about each row, inside Snowflake.',
      icon: 'sparkles',
      config,
      initialConfig: { as: 'ANSWER' },
      gives: 'VARCHAR(16777216)',
      examples: [
        {
          title: 'An answer to each comment',
          config: {
            model: 'claude-sonnet-4-5',
            prompt: 'Answer this comment in one sentence: {{ item.O_COMMENT }}',
            as: 'ANSWER',
          },
        },
        {
          title: 'Short, and varying little',
          config: {
            model: 'llama3.3-70b',
            prompt: 'Order {{ item.O_ORDERKEY }} says: {{ item.O_COMMENT }}. Is it urgent?',
            as: 'URGENT',
            temperature: 0,
            maxTokens: 10,
          },
        },
      ],
    },
    ({ prompt }) => itemNames(prompt) ?? [],
  ),
  summary: (config) => short(textAt(config, 'prompt')) || 'No prompt yet',
  check: ({ prompt, as }, context) => [
    ...templateProblems('prompt', prompt, context, { names: columnsAt(context, 'in') }),
    ...newColumnProblems(as, context),
  ],
};
