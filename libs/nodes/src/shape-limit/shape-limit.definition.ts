import { z } from 'zod';
import { columnsAt } from '../kit/column-checks';
import { textAt } from '../kit/half-filled';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { passedOn } from '../kit/lineage-sources';

const config = z.strictObject({
  rows: z
    .int()
    .min(0)
    .max(1_000_000_000)
    .meta({ ui: { label: 'Rows' } }),
  offset: z
    .int()
    .min(0)
    .max(1_000_000_000)
    .optional()
    .meta({ ui: { label: 'Skip', hint: 'Rows to leave out first' } }),
  ...commonSettings,
});

export type ShapeLimitConfig = z.infer<typeof config>;

/** Keeps the first rows. */
export const shapeLimit: NodeDefinition<ShapeLimitConfig> = {
  type: 'shape.limit',
  group: 'shape',
  title: 'Limit',
  description: 'Keeps the first rows; sort before it to say which those are.',
  icon: 'list-end',
  inputs: [{ id: 'in', kind: 'relation' }],
  outputs: [{ id: 'out', kind: 'relation' }],
  config,
  initialConfig: { rows: 100 },
  order: 'keeps',
  summary(config) {
    const [rows, offset] = [textAt(config, 'rows') || '?', textAt(config, 'offset')];
    return offset === '' || offset === '0' ? `First ${rows} rows` : `${rows} rows after the first ${offset}`;
  },
  check: () => [],
  outputColumns: (_config, context) => ({ out: columnsAt(context, 'in') }),
  nonDeterministic: (_config, { inputIsSorted }) => !inputIsSorted,
  lineage: (_config, context) => passedOn(context, [{ kind: 'order', port: 'in', edge: 0 }]),
  examples: [
    { title: 'The first ten', config: { rows: 10 } },
    { title: 'The second page', config: { rows: 20, offset: 20 } },
  ],
};
