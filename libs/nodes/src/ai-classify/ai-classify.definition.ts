import { z } from 'zod';
import { commonSettings } from '../kit/node-settings';
import { rowFunction, rowFunctionFields } from '../kit/row-function';

const config = z.strictObject({
  column: rowFunctionFields.column,
  categories: z
    .array(z.string().trim().min(1).max(200))
    .min(2, 'Give at least two categories')
    .max(500)
    .refine((names) => new Set(names).size === names.length, 'Give each category once')
    .meta({ ui: { label: 'Categories', widget: 'names' } }),
  task: z
    .string()
    .trim()
    .max(2_000)
    .optional()
    .meta({
      ui: { label: 'What it is about', widget: 'textarea', placeholder: 'Which department should answer this?' },
    }),
  as: rowFunctionFields.as,
  ...commonSettings,
});

export type AiClassifyConfig = z.infer<typeof config>;

/** Puts each row into one of your categories, by a text of it. */
export const aiClassify = rowFunction<AiClassifyConfig>({
  type: 'ai.classify',
  title: 'Classify',
  description: 'Puts each row into one of your categories, by a text of it.',
  icon: 'tags',
  config,
  initialConfig: { categories: [] },
  gives: 'VARCHAR(16777216)',
  examples: [
    {
      title: 'Which kind of comment it is',
      config: { column: 'O_COMMENT', categories: ['complaint', 'question', 'praise'], as: 'KIND' },
    },
    {
      title: 'With what it is about',
      config: {
        column: 'O_COMMENT',
        categories: ['urgent', 'can wait'],
        task: 'Does somebody have to act today?',
        as: 'URGENCY',
      },
    },
  ],
});
