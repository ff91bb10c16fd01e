import { z } from 'zod';
import { repeatedColumns } from '../kit/column-checks';
import { nameField } from '../kit/fields';
import { short, textAt } from '../kit/half-filled';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { semanticViewFields } from '../kit/semantic-fields';
import { templateProblems } from '../kit/text-template';

const TYPES = ['VARCHAR', 'NUMBER(38,0)', 'NUMBER(38,4)', 'FLOAT', 'BOOLEAN', 'DATE', 'TIMESTAMP_NTZ'] as const;

const column = z.strictObject({
  name: nameField({ label: 'Column' }),
  type: z
    .enum(TYPES)
    .default('VARCHAR')
    .meta({ ui: { label: 'Type' } }),
});

const config = z.strictObject({
  ...semanticViewFields(),
  question: z
    .string()
    .trim()
    .min(1, 'Write a question')
    .max(10_000)
    .default('{{ value }}')
    .meta({
      ui: { widget: 'textarea', label: 'Question', hint: '{{ value }} is what reaches it, {{ value.field }} a part' },
    }),
  columns: z
    .array(column)
    .min(1, 'Name the columns that the answer must have')
    .max(200)
    .meta({ ui: { label: 'Columns of the answer', addLabel: 'Add column' } }),
  ...commonSettings,
});

export type AiAnalystConfig = z.infer<typeof config>;

/** Asks Cortex Analyst for SQL and runs it. */
export const aiAnalyst: NodeDefinition<AiAnalystConfig> = {
  type: 'ai.analyst',
  group: 'ai',
  title: 'Analyst',
  description: 'Asks Cortex Analyst a question in words over a semantic view, and runs the SQL it answers as you.',
  icon: 'message-circle-question',
  inputs: [{ id: 'in', kind: 'value', optional: true }],
  outputs: [
    { id: 'out', kind: 'relation', label: 'Rows' },
    { id: 'answer', kind: 'value', label: 'Answer' },
  ],
  config,
  initialConfig: { question: '{{ value }}', columns: [] },
  readsData: () => true,
  values: () => [
    { name: 'question', type: 'string' },
    { name: 'text', type: 'string' },
    { name: 'sql', type: 'string' },
  ],
  summary: (config) => short(textAt(config, 'question')) || 'No question yet',
  check: ({ question, columns }, context) => [
    ...templateProblems('question', question, context),
    ...repeatedColumns(
      columns.map(({ name }) => name),
      (index) => `columns.${index}.name`,
    ),
  ],
  outputColumns: ({ columns }) => ({ out: columns.map(({ name, type }) => ({ name, type, nullable: true })) }),
  // The same question may be read otherwise the next time.
  nonDeterministic: () => true,
  examples: [
    {
      title: 'A question of the workflow',
      config: {
        database: 'DEMO',
        schema: 'PUBLIC',
        view: 'SALES_MODEL',
        question: 'What is our revenue by nation?',
        columns: [
          { name: 'CUSTOMER_NATION', type: 'VARCHAR' },
          { name: 'REVENUE', type: 'NUMBER(38,4)' },
        ],
      },
    },
    {
      title: 'The question that reaches it',
      config: {
        database: 'DEMO',
        schema: 'PUBLIC',
        view: 'SALES_MODEL',
        question: '{{ value.question }}',
        columns: [{ name: 'REVENUE', type: 'NUMBER(38,4)' }],
      },
    },
  ],
};
