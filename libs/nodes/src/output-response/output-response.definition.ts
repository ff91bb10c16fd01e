import { z } from 'zod';
import { textAt } from '../kit/half-filled';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';

const config = z.strictObject({
  status: z
    .int()
    .min(200, 'From 200 to 599')
    .max(599, 'From 200 to 599')
    .optional()
    .meta({ ui: { label: 'Status', placeholder: '200', hint: 'The HTTP status of the answer' } }),
  format: z
    .enum(['json', 'csv'])
    .default('json')
    .meta({ ui: { label: 'Format', widget: 'segmented', options: { json: 'JSON', csv: 'CSV' } } }),
  ...commonSettings,
});

export type OutputResponseConfig = z.infer<typeof config>;

/** What a published workflow answers. */
export const outputResponse: NodeDefinition<OutputResponseConfig> = {
  type: 'output.response',
  group: 'output',
  title: 'Response',
  description: 'Answers who called the workflow with the rows or the value that reach it.',
  icon: 'reply',
  inputs: [{ id: 'in', kind: 'either' }],
  outputs: [],
  config,
  initialConfig: { format: 'json' },
  order: 'keeps',
  summary: (config) => `${textAt(config, 'status') || '200'} · ${textAt(config, 'format') || 'json'}`,
  check({ format }, { kinds }) {
    if (format !== 'csv' || kinds['in'] !== 'value') return [];
    return [
      {
        severity: 'error',
        code: 'INVALID_CONFIG',
        path: 'format',
        message: 'A value has no rows, so it can’t be answered as CSV',
        suggestion: 'Choose JSON',
      },
    ];
  },
  outputColumns: () => ({}),
  examples: [
    { title: 'Rows as JSON', config: { format: 'json' } },
    { title: 'Accepted, as CSV', config: { status: 202, format: 'csv' } },
  ],
};
