import { z } from 'zod';
import { columnNamed, columnsAt, missingColumn, repeatedColumns } from '../kit/column-checks';
import { columnField, columnsField, expressionField, nameField } from '../kit/fields';
import { itemsAt, short, textAt, textsAt } from '../kit/half-filled';
import { MEASURE_FUNCTIONS, MEASURE_NAMES, measureType, measureTypeProblems } from '../kit/measures';
import type { CheckContext, Columns, NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import type { Lineage } from '../kit/lineage';
import { allOf, columnFrom, madeOf, readBy, rowsFrom } from '../kit/lineage-sources';

const measure = z
  .strictObject({
    function: z
      .enum(MEASURE_FUNCTIONS)
      .default('sum')
      .meta({ ui: { label: 'Measure', options: MEASURE_NAMES } }),
    column: columnField({ hint: '“count” without a column counts rows' }).optional(),
    as: nameField({ label: 'Name' }),
  })
  .superRefine(({ function: name, column }, context) => {
    if (name !== 'count' && column === undefined) {
      context.addIssue({ code: 'custom', path: ['column'], message: 'Choose a column' });
    }
  });

const config = z
  .strictObject({
    groupBy: columnsField({ label: 'Group by', hint: 'Empty: one row for all' }).default([]),
    measures: z
      .array(measure)
      .max(500)
      .default([])
      .meta({ ui: { label: 'Measures', addLabel: 'Add measure' } }),
    having: expressionField({ label: 'Keep groups where', hint: 'An expression over the columns above' }).optional(),
    ...commonSettings,
  })
  .superRefine(({ groupBy, measures }, context) => {
    if (groupBy.length + measures.length === 0) {
      context.addIssue({ code: 'custom', path: ['measures'], message: 'Add a measure or a column to group by' });
    }
  });

export type ShapeAggregateConfig = z.infer<typeof config>;

function aggregated(config: ShapeAggregateConfig, context: CheckContext): Columns {
  const input = columnsAt(context, 'in');
  return [
    ...config.groupBy.map((name) => columnNamed(input, name) ?? { name, type: '', nullable: true }),
    ...config.measures.map((item) => ({
      name: item.as,
      type: measureType(item.function, columnNamed(input, item.column ?? '')),
      nullable: item.function !== 'count' && item.function !== 'countDistinct',
    })),
  ];
}

/** Groups rows and measures each group. */
export const shapeAggregate: NodeDefinition<ShapeAggregateConfig> = {
  type: 'shape.aggregate',
  group: 'shape',
  title: 'Aggregate',
  description: 'Groups rows and measures each group.',
  icon: 'sigma',
  inputs: [{ id: 'in', kind: 'relation' }],
  outputs: [{ id: 'out', kind: 'relation' }],
  config,
  initialConfig: {},
  summary(config) {
    const measures = itemsAt(config, 'measures').map(
      (item) =>
        `${textAt(item, 'function') || 'sum'}(${textAt(item, 'column') || (item.function === 'count' ? '' : '?')})`,
    );
    const groups = textsAt(config, 'groupBy');
    if (measures.length + groups.length === 0) return 'No measure yet';
    return short([measures.join(', '), groups.length > 0 ? `by ${groups.join(', ')}` : ''].filter(Boolean).join(' '));
  },
  check(config, context) {
    const input = columnsAt(context, 'in');
    return [
      ...config.groupBy.flatMap((name, index) => missingColumn(input, name, `groupBy.${index}`)),
      ...config.measures.flatMap((item, index) =>
        item.column === undefined ? [] : missingColumn(input, item.column, `measures.${index}.column`),
      ),
      ...config.measures.flatMap((item, index) =>
        measureTypeProblems(item, columnNamed(input, item.column ?? ''), `measures.${index}`),
      ),
      ...repeatedColumns([...config.groupBy, ...config.measures.map((item) => item.as)], (index) =>
        index < config.groupBy.length ? `groupBy.${index}` : `measures.${index - config.groupBy.length}.as`,
      ),
    ];
  },
  outputColumns: (config, context) => ({ out: aggregated(config, context) }),
  lineage(config, context) {
    const measured = config.measures.map(({ column, as }): [string, Lineage] => [
      as,
      column === undefined ? madeOf([rowsFrom()]) : madeOf([columnFrom(column)]),
    ]);
    const grouped = config.groupBy.map((name): [string, Lineage] => [name, madeOf([columnFrom(name)])]);
    const columns = new Map([...grouped, ...measured]);
    const over = { ...context, inputs: { in: [aggregated(config, context)] } };
    const kept = config.having === undefined ? [] : allOf(readBy(config.having, over));
    const ofKept = kept.flatMap((source) =>
      source.kind === 'column' ? (columns.get(source.column)?.value ?? []) : [source],
    );
    return { columns, rows: madeOf([rowsFrom()], [...config.groupBy.map((name) => columnFrom(name)), ...ofKept]) };
  },
  sqlFields: (config, context) =>
    config.having === undefined
      ? []
      : [{ path: 'having', text: config.having, kind: 'scalar', columns: aggregated(config, context) }],
  examples: [
    {
      title: 'Revenue and orders by customer',
      config: {
        groupBy: ['O_CUSTKEY'],
        measures: [
          { function: 'sum', column: 'O_TOTALPRICE', as: 'REVENUE' },
          { function: 'count', as: 'ORDERS' },
        ],
        having: 'ORDERS > 3',
      },
    },
  ],
};
