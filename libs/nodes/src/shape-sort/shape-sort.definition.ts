import { z } from 'zod';
import { columnsAt, missingColumn } from '../kit/column-checks';
import { itemsAt, short, textAt } from '../kit/half-filled';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { orderKeysField } from '../kit/order-keys';
import { columnFrom, passedOn } from '../kit/lineage-sources';

const config = z.strictObject({
  by: orderKeysField({ label: 'Sort by' }).min(1, 'Choose a column to sort by'),
  ...commonSettings,
});

export type ShapeSortConfig = z.infer<typeof config>;

/** Orders the rows. */
export const shapeSort: NodeDefinition<ShapeSortConfig> = {
  type: 'shape.sort',
  group: 'shape',
  title: 'Sort',
  description: 'Puts the rows in order.',
  icon: 'arrow-up-down',
  inputs: [{ id: 'in', kind: 'relation' }],
  outputs: [{ id: 'out', kind: 'relation' }],
  config,
  initialConfig: {},
  order: 'gives',
  summary(config) {
    const by = itemsAt(config, 'by').map(
      (key) => `${textAt(key, 'column') || '?'} ${key.direction === 'desc' ? '↓' : '↑'}`,
    );
    return by.length === 0 ? 'No order yet' : short(by.join(', '));
  },
  check: (config, context) =>
    config.by.flatMap((key, index) => missingColumn(columnsAt(context, 'in'), key.column, `by.${index}.column`)),
  outputColumns: (_config, context) => ({ out: columnsAt(context, 'in') }),
  lineage: ({ by }, context) => ({ ...passedOn(context), order: by.map(({ column }) => columnFrom(column)) }),
  examples: [
    {
      title: 'Largest first',
      config: {
        by: [
          { column: 'O_TOTALPRICE', direction: 'desc', nulls: 'last' },
          { column: 'O_ORDERKEY', direction: 'asc' },
        ],
      },
    },
  ],
};
