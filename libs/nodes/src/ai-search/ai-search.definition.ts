import { z } from 'zod';
import { repeatedColumns, problem } from '../kit/column-checks';
import { nameField } from '../kit/fields';
import { short, textAt } from '../kit/half-filled';
import { jsonObjectTemplate } from '../kit/json-template';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { templateProblems } from '../kit/text-template';

/** Most rows of one search. What is found is handed on as a value, which people and models read whole. */
const MOST_ROWS = 100;

const config = z.strictObject({
  database: nameField({ widget: 'database', label: 'Database' }),
  schema: nameField({ widget: 'schema', label: 'Schema' }),
  service: nameField({ label: 'Search service', placeholder: 'HELP_SEARCH' }),
  query: z
    .string()
    .trim()
    .min(1, 'Write what to search for')
    .max(10_000)
    .default('{{ value }}')
    .meta({
      ui: { widget: 'textarea', label: 'Query', hint: '{{ value }} is what reaches it, {{ value.field }} a part' },
    }),
  columns: z
    .array(nameField({ label: 'Column', placeholder: 'TITLE' }))
    .min(1, 'Name the columns to read')
    .max(100)
    .meta({ ui: { label: 'Columns', addLabel: 'Add column' } }),
  filter: z
    .string()
    .trim()
    .max(20_000)
    .optional()
    .meta({
      ui: {
        widget: 'textarea',
        label: 'Filter',
        hint: 'JSON; between double quotes a template becomes text, elsewhere JSON',
        placeholder: '{ "@eq": { "TOPIC": "{{ parameters.topic }}" } }',
      },
    }),
  limit: z
    .int()
    .min(1)
    .max(MOST_ROWS)
    .default(10)
    .meta({ ui: { label: 'Rows at most' } }),
  ...commonSettings,
});

export type AiSearchConfig = z.infer<typeof config>;

/** Asks a Cortex Search service. */
export const aiSearch: NodeDefinition<AiSearchConfig> = {
  type: 'ai.search',
  group: 'ai',
  title: 'Search',
  description: 'Searches texts with a Cortex Search service, and hands on the rows that fit best as a list.',
  icon: 'search',
  inputs: [{ id: 'in', kind: 'value', optional: true }],
  outputs: [{ id: 'out', kind: 'value', label: 'Found' }],
  config,
  initialConfig: { query: '{{ value }}', columns: [], limit: 10 },
  values: () => [
    { name: 'query', type: 'string' },
    { name: 'count', type: 'number' },
    { name: 'rows', type: 'json' },
  ],
  summary: (config) => short(textAt(config, 'query')) || 'No query yet',
  check: ({ query, columns, filter }, context) => [
    ...templateProblems('query', query, context),
    ...repeatedColumns(columns, (index) => `columns.${index}`),
    ...(filter ? [...templateProblems('filter', filter, context), ...filterProblems(filter)] : []),
  ],
  outputColumns: () => ({}),
  // The service's index follows its source, and its ranking may change.
  nonDeterministic: () => true,
  examples: [
    {
      title: 'What reaches it, in help texts',
      config: {
        database: 'DEMO',
        schema: 'PUBLIC',
        service: 'HELP_SEARCH',
        query: '{{ value.question }}',
        columns: ['TITLE', 'BODY'],
        limit: 5,
      },
    },
    {
      title: 'Within one topic',
      config: {
        database: 'DEMO',
        schema: 'PUBLIC',
        service: 'HELP_SEARCH',
        query: 'late delivery',
        columns: ['TITLE', 'BODY', 'TOPIC'],
        filter: '{ "@eq": { "TOPIC": "shipping" } }',
        limit: 10,
      },
    },
  ],
};

function filterProblems(filter: string) {
  if (jsonObjectTemplate(filter)) return [];
  const suggestion = 'Write it like { "@eq": { "TOPIC": "shipping" } }';
  return [problem('INVALID_CONFIG', 'filter', 'The filter is no JSON object', suggestion)];
}
