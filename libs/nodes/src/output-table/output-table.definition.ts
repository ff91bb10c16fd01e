import { z } from 'zod';
import { columnsAt } from '../kit/column-checks';
import { columnsField, tableFields } from '../kit/fields';
import { textAt } from '../kit/half-filled';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { targetProblems } from './target-problems';
import { passedOn } from '../kit/lineage-sources';

const config = z
  .strictObject({
    ...tableFields({ label: 'Table' }),
    mode: z.enum(['create', 'replace', 'append', 'merge']).meta({
      ui: {
        widget: 'segmented',
        label: 'Write',
        options: { create: 'New table', replace: 'Replace rows', append: 'Add rows', merge: 'Merge rows' },
      },
    }),
    keys: columnsField({
      label: 'Keys',
      hint: 'Columns that tell which row is which',
      visibleWhen: { field: 'mode', in: ['merge'] },
    }).optional(),
    recreate: z
      .boolean()
      .optional()
      .meta({
        ui: {
          label: 'Make the table anew',
          hint: 'Allows other columns; drops the table’s grants, policies, tags and streams',
          visibleWhen: { field: 'mode', in: ['replace'] },
        },
      }),
    ...commonSettings,
  })
  .superRefine(({ mode, keys, recreate }, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (mode === 'merge' && !keys?.length) fault('keys', 'Choose the columns that tell which row is which');
    if (mode !== 'merge' && keys !== undefined && keys.length > 0) fault('keys', 'Only a merge has keys');
    if (mode !== 'replace' && recreate === true) fault('recreate', 'Only “replace” can make the table anew');
  });

export type OutputTableConfig = z.infer<typeof config>;

/** Rows written into a table. */
export const outputTable: NodeDefinition<OutputTableConfig> = {
  type: 'output.table',
  group: 'output',
  title: 'Write table',
  description: 'Writes the rows into a table: new, replaced, added or merged.',
  icon: 'database-zap',
  inputs: [{ id: 'in', kind: 'relation' }],
  outputs: [],
  config,
  initialConfig: { mode: 'create' },
  order: 'keeps',
  summary: (config) => `${textAt(config, 'mode') || '?'} ${textAt(config, 'table') || 'no table yet'}`,
  questions: ({ database, schema, table }) => [{ kind: 'columns', database, schema, name: table }],
  check: (config, context) => targetProblems(config, columnsAt(context, 'in'), context.known),
  outputColumns: () => ({}),
  lineage: ({ database, schema, table }, context) => ({ ...passedOn(context), target: { database, schema, table } }),
  examples: [
    {
      title: 'A new table',
      config: { database: 'DEMO', schema: 'PUBLIC', table: 'BIG_ORDERS', mode: 'create' },
    },
    {
      title: 'Merge by key',
      config: { database: 'DEMO', schema: 'PUBLIC', table: 'BIG_ORDERS', mode: 'merge', keys: ['O_ORDERKEY'] },
    },
  ],
};
