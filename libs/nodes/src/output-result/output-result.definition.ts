import { z } from 'zod';
import { chartFields } from '../kit/chart-fields';
import { columnsAt, missingColumn } from '../kit/column-checks';
import { textAt } from '../kit/half-filled';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';

const config = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, 'Name the result')
    .max(200)
    .meta({ ui: { label: 'Name' } }),
  view: z
    .enum(['table', 'chart', 'json', 'text'])
    .default('table')
    .meta({
      ui: {
        widget: 'segmented',
        label: 'Shown as',
        options: { table: 'Table', chart: 'Chart', json: 'JSON', text: 'Text' },
      },
    }),
  chart: chartFields.optional().meta({ ui: { label: 'Chart', visibleWhen: { field: 'view', in: ['chart'] } } }),
  ...commonSettings,
});

export type OutputResultConfig = z.infer<typeof config>;

/** A result for a person to look at. */
export const outputResult: NodeDefinition<OutputResultConfig> = {
  type: 'output.result',
  group: 'output',
  title: 'Result',
  description: 'Shows the rows or the value that reach it.',
  icon: 'monitor-check',
  inputs: [{ id: 'in', kind: 'either' }],
  outputs: [],
  config,
  initialConfig: { name: 'Result', view: 'table' },
  order: 'keeps',
  summary: (config) => `${textAt(config, 'name') || 'No name yet'} · ${textAt(config, 'view') || 'table'}`,
  check({ view, chart }, context) {
    if (view !== 'chart') return [];
    return Object.entries(chart?.encoding ?? {}).flatMap(([channel, encoded]) =>
      encoded?.field === undefined
        ? []
        : missingColumn(columnsAt(context, 'in'), encoded.field, `chart.encoding.${channel}.field`),
    );
  },
  outputColumns: () => ({}),
  examples: [
    { title: 'A table', config: { name: 'Revenue by nation', view: 'table' } },
    {
      title: 'A bar chart',
      config: {
        name: 'Revenue by priority',
        view: 'chart',
        chart: {
          mark: 'bar',
          encoding: { x: { field: 'O_ORDERPRIORITY' }, y: { field: 'O_TOTALPRICE', aggregate: 'sum' } },
        },
      },
    },
  ],
};
