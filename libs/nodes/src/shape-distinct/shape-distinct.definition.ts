import { z } from 'zod';
import { columnNamed, columnsAt, missingColumn, repeatedColumns } from '../kit/column-checks';
import { columnsField } from '../kit/fields';
import { short, textsAt } from '../kit/half-filled';
import type { Columns, NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { columnFrom, madeOf, rowsFrom } from '../kit/lineage-sources';

const config = z.strictObject({
  columns: columnsField({ label: 'Columns', hint: 'Only these are given; empty: all of them' }).optional(),
  ...commonSettings,
});

export type ShapeDistinctConfig = z.infer<typeof config>;

/** With columns, exactly those: which of several rows the others would come from, nobody could say. */
function distinctColumns({ columns }: ShapeDistinctConfig, input: Columns): Columns {
  if (!columns?.length) return input;
  return columns.map((name) => columnNamed(input, name) ?? { name, type: '', nullable: true });
}

/** Drops repeated rows. */
export const shapeDistinct: NodeDefinition<ShapeDistinctConfig> = {
  type: 'shape.distinct',
  group: 'shape',
  title: 'Distinct',
  description: 'Drops repeated rows.',
  icon: 'copy-minus',
  inputs: [{ id: 'in', kind: 'relation' }],
  outputs: [{ id: 'out', kind: 'relation' }],
  config,
  initialConfig: {},
  summary(config) {
    const columns = textsAt(config, 'columns');
    return columns.length === 0 ? 'Different rows' : short(`Different ${columns.join(', ')}`);
  },
  check({ columns = [] }, context) {
    const input = columnsAt(context, 'in');
    return [
      ...columns.flatMap((name, index) => missingColumn(input, name, `columns.${index}`)),
      ...repeatedColumns(columns, (index) => `columns.${index}`),
    ];
  },
  outputColumns: (config, context) => ({ out: distinctColumns(config, columnsAt(context, 'in')) }),
  lineage(config, context) {
    const names = (distinctColumns(config, columnsAt(context, 'in')) ?? []).map(({ name }) => name);
    return {
      columns: new Map(names.map((name) => [name, madeOf([columnFrom(name)])])),
      rows: madeOf(
        [rowsFrom()],
        names.map((name) => columnFrom(name)),
      ),
    };
  },
  examples: [
    { title: 'Different rows', config: {} },
    { title: 'Every state and priority that occurs', config: { columns: ['O_ORDERSTATUS', 'O_ORDERPRIORITY'] } },
  ],
};
