import { z } from 'zod';
import { commonSettings } from '../kit/node-settings';
import { rowFunction, rowFunctionFields } from '../kit/row-function';

const config = z.strictObject({
  column: rowFunctionFields.column,
  questions: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'Letters, digits and underscores')
          .meta({ ui: { label: 'Name', placeholder: 'city' } }),
        question: z
          .string()
          .trim()
          .min(1)
          .max(1_000)
          .meta({ ui: { label: 'Question', placeholder: 'Which city is it about?' } }),
      }),
    )
    .min(1, 'Ask something')
    .max(100)
    .refine((asked) => new Set(asked.map(({ name }) => name)).size === asked.length, 'Give each name once')
    .meta({ ui: { label: 'Facts', addLabel: 'Add a fact' } }),
  as: rowFunctionFields.as,
  ...commonSettings,
});

export type AiExtractConfig = z.infer<typeof config>;

/** Reads facts out of a text of each row. */
export const aiExtract = rowFunction<AiExtractConfig>({
  type: 'ai.extract',
  title: 'Extract',
  description: 'Reads facts out of a text of each row.',
  icon: 'text-search',
  config,
  initialConfig: { questions: [] },
  gives: 'VARIANT',
  examples: [
    {
      title: 'Product and deadline',
      config: {
        column: 'O_COMMENT',
        questions: [
          { name: 'product', question: 'Which product is it about?' },
          { name: 'deadline', question: 'By when is something asked for?' },
        ],
        as: 'FACTS',
      },
    },
  ],
});
