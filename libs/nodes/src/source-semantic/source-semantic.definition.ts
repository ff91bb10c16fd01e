import { madeOf } from '../kit/lineage-sources';
import { z } from 'zod';
import { problem, repeatedColumns } from '../kit/column-checks';
import { describedColumns } from '../kit/described-query';
import { expressionField, nameField } from '../kit/fields';
import { count, itemsAt, textAt } from '../kit/half-filled';
import type { Knowledge, NodeDefinition, NodeProblem } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { semanticViewFields } from '../kit/semantic-fields';
import { semanticFragment } from './semantic-fragment';

const as = nameField({ label: 'Called', hint: 'Empty: by its own name' }).optional();
const dimension = z.strictObject({
  table: nameField({ label: 'Table', hint: 'As the model calls it' }),
  name: nameField({ label: 'Dimension' }),
  as,
});
const metric = z.strictObject({
  table: nameField({ label: 'Table', hint: 'Empty: a metric over several tables' }).optional(),
  name: nameField({ label: 'Metric' }),
  as,
});

const config = z
  .strictObject({
    ...semanticViewFields(),
    dimensions: z
      .array(dimension)
      .max(100)
      .default([])
      .meta({ ui: { label: 'Dimensions', hint: 'A row for each combination of them', addLabel: 'Add dimension' } }),
    metrics: z
      .array(metric)
      .max(100)
      .default([])
      .meta({ ui: { label: 'Metrics', addLabel: 'Add metric' } }),
    where: expressionField({
      label: 'Only rows where',
      hint: "Over dimensions, before anything is measured: CUSTOMERS.MARKET_SEGMENT = 'BUILDING'",
    }).optional(),
    ...commonSettings,
  })
  .superRefine(({ dimensions, metrics }, context) => {
    if (dimensions.length + metrics.length > 0) return;
    context.addIssue({ code: 'custom', path: ['metrics'], message: 'Choose a metric or a dimension' });
  });

export type SourceSemanticConfig = z.infer<typeof config>;

/** Metrics of a semantic view by dimensions. */
export const sourceSemantic: NodeDefinition<SourceSemanticConfig> = {
  type: 'source.semantic',
  group: 'source',
  title: 'Semantic view',
  description: 'Reads metrics of a semantic view, by the dimensions that you choose.',
  icon: 'shapes',
  inputs: [],
  outputs: [{ id: 'out', kind: 'relation' }],
  config,
  initialConfig: { dimensions: [], metrics: [] },
  summary(config) {
    const view = textAt(config, 'view');
    if (view === '') return 'No semantic view chosen';
    const [metrics, dimensions] = [itemsAt(config, 'metrics').length, itemsAt(config, 'dimensions').length];
    return `${view.replaceAll(/\s+/g, ' ')} · ${count(metrics, 'metric')} by ${count(dimensions, 'dimension')}`;
  },
  questions: (config, { parameters }) => [{ kind: 'describe', statement: semanticFragment(config, parameters) }],
  check: (config, { known }) => viewProblems(config, known),
  outputColumns: (_config, { known }) => ({ out: describedColumns(known) }),
  lineage(config, { known }) {
    const { database, schema, view: table } = config;
    const from = (column: string | null) => madeOf([{ kind: 'table', database, schema, table, column }]);
    // The view gives its columns in the order in which they are chosen, under their own names or those given to them.
    const chosen = [...config.dimensions, ...config.metrics].map(({ name }) => name);
    const given = describedColumns(known) ?? [];
    return { columns: new Map(given.map(({ name }, at) => [name, from(chosen[at] ?? null)])), rows: from(null) };
  },
  sqlFields: ({ where }) => (where === undefined ? [] : [{ path: 'where', text: where, kind: 'scalar' }]),
  examples: [
    {
      title: 'Revenue by nation',
      config: {
        database: 'DEMO',
        schema: 'PUBLIC',
        view: 'SALES_MODEL',
        dimensions: [{ table: 'CUSTOMER_NATIONS', name: 'CUSTOMER_NATION' }],
        metrics: [{ table: 'LINE_ITEMS', name: 'REVENUE' }],
      },
    },
    {
      title: 'Of one segment, with a metric over several tables',
      config: {
        database: 'DEMO',
        schema: 'PUBLIC',
        view: 'SALES_MODEL',
        dimensions: [{ table: 'CUSTOMER_NATIONS', name: 'CUSTOMER_NATION' }],
        metrics: [
          { table: 'LINE_ITEMS', name: 'REVENUE' },
          { name: 'REVENUE_PER_ORDER', as: 'REVENUE_OF_AN_ORDER' },
        ],
        where: "CUSTOMERS.MARKET_SEGMENT = 'BUILDING'",
      },
    },
  ],
};

function viewProblems({ database, schema, view }: SourceSemanticConfig, known: Knowledge | undefined): NodeProblem[] {
  const name = `${database}.${schema}.${view}`;
  if (known?.state === 'denied') return [problem('NO_ACCESS', 'view', `Your role can’t read ${name}`)];
  if (known?.state === 'missing') {
    return [problem('SOURCE_NOT_FOUND', 'view', `${name} does not exist or your role can’t see it`)];
  }
  if (known?.state === 'invalid') return [problem('INVALID_SQL', 'metrics', known.message)];
  return repeatedColumns(describedColumns(known)?.map((column) => column.name) ?? [], () => 'metrics');
}
