import { z } from 'zod';
import { callFields, callProblems, callQuestions, callSummary } from '../kit/called-workflow';
import { columnNamed, columnsAt, problem } from '../kit/column-checks';
import { textAt } from '../kit/half-filled';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { columnFrom, madeOf, rowsFrom, unknownSource } from '../kit/lineage-sources';
import { itemNames } from '../kit/text-template';

const config = z.strictObject({
  ...callFields,
  items: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/, 'Write the name of a field')
    .optional()
    .meta({ ui: { label: 'Items', hint: 'The field of the value that holds the list; empty: the value is the list' } }),
  maxItems: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .meta({ ui: { label: 'Items at most', hint: 'Needed. With more nothing is run', placeholder: '100' } }),
  concurrency: z
    .int()
    .min(1)
    .max(20)
    .default(4)
    .meta({ ui: { label: 'At once' } }),
  itemErrors: z
    .enum(['fail', 'continue'])
    .default('fail')
    .meta({
      ui: { label: 'When an item fails', widget: 'segmented', options: { fail: 'Fail', continue: 'Go on' } },
    }),
  ...commonSettings,
});

export type LogicMapConfig = z.infer<typeof config>;

/** Runs another workflow once for each row or item. */
export const logicMap: NodeDefinition<LogicMapConfig> = {
  type: 'logic.map',
  group: 'logic',
  title: 'Map',
  description: 'Runs another of your workflows once for each row, or each item of a list.',
  icon: 'repeat',
  inputs: [{ id: 'in', kind: 'either' }],
  outputs: [{ id: 'out', kind: 'value' }],
  config,
  initialConfig: { revision: 'published', parameters: {}, maxItems: 100, concurrency: 4, itemErrors: 'fail' },
  ownFields: () => ['count', 'succeeded', 'failed'],
  readsData: () => true,
  values: () => [
    { name: 'count', type: 'number' },
    { name: 'succeeded', type: 'number' },
    { name: 'failed', type: 'number' },
    { name: 'results', type: 'json' },
  ],
  summary(config) {
    const most = textAt(config, 'maxItems');
    return `${callSummary(config)}${most ? `, at most ${most.slice(0, 10)} times` : ''}`;
  },
  questions: callQuestions,
  check(config, context) {
    const isRelation = context.kinds['in'] === 'relation';
    return [
      ...(config.maxItems === undefined
        ? [problem('LOOP_UNBOUNDED', 'maxItems', 'Say how many items there are at most', 'Up to 1,000')]
        : []),
      ...(config.items !== undefined && isRelation
        ? [problem('INVALID_CONFIG', 'items', 'Rows reach it, so there is no field to take a list from')]
        : []),
      ...callProblems(config, context, { names: isRelation ? columnsAt(context, 'in') : undefined }),
    ];
  },
  outputColumns: () => ({}),
  lineage({ parameters }, context) {
    const columns = columnsAt(context, 'in') ?? [];
    const all = columns.map(({ name }) => name);
    const named = Object.values(parameters).flatMap((text) =>
      typeof text === 'string' ? (itemNames(text) ?? all) : [],
    );
    const read = [...new Set(named)].filter((name) => columnNamed(columns, name)).map((name) => columnFrom(name));
    const isRelation = context.kinds['in'] === 'relation';
    const ran = [isRelation ? rowsFrom() : unknownSource('How many items there are is known when it runs')];
    return {
      columns: new Map(),
      rows: madeOf([]),
      fields: new Map([
        ['count', madeOf(ran)],
        ['succeeded', madeOf(ran, read)],
        ['failed', madeOf(ran, read)],
        ['results', madeOf([...read, unknownSource('The workflow it runs gives them')], ran)],
      ]),
    };
  },
  examples: [
    {
      title: 'Once for each region',
      config: {
        workflowId: 'wf_0000000000000000000000',
        revision: 'published',
        parameters: { region: '{{ item.R_NAME }}' },
        maxItems: 10,
        concurrency: 4,
        itemErrors: 'fail',
      },
    },
    {
      title: 'Once for each item of a list, whatever fails',
      config: {
        workflowId: 'wf_0000000000000000000000',
        revision: 2,
        parameters: { id: '{{ item.id }}' },
        items: 'orders',
        maxItems: 1000,
        concurrency: 20,
        itemErrors: 'continue',
      },
    },
  ],
};
