import { z } from 'zod';
import type { Column } from '@snowflow/contracts/documents/column';
import { columnNamed, columnsAt, missingColumn, repeatedColumns } from '../kit/column-checks';
import { columnsField } from '../kit/fields';
import { itemsAt, short, textAt, textsAt } from '../kit/half-filled';
import { measureTypeProblems } from '../kit/measures';
import type { CheckContext, Columns, NodeDefinition, NodeProblem } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { orderKeysField } from '../kit/order-keys';
import { valueProblems } from '../kit/value-problems';
import { OverWindow, windowFunctionField } from './window-function-field';
import { asMeasure, needsOrder, takesColumn, takesFrame, WINDOW_NAMES, windowType } from './window-functions';
import type { Lineage } from '../kit/lineage';
import { columnFrom, madeOf, passedOn, rowsFrom } from '../kit/lineage-sources';

const config = z
  .strictObject({
    partitionBy: columnsField({ label: 'For each', hint: 'Empty: all rows together' }).default([]),
    orderBy: orderKeysField({ label: 'In the order of' }).default([]),
    functions: z
      .array(windowFunctionField)
      .min(1, 'Add a function')
      .max(200)
      .meta({ ui: { label: 'New columns', addLabel: 'Add function' } }),
    ...commonSettings,
  })
  .superRefine(({ orderBy, functions }, context) => {
    const ordered = functions.find(
      ({ function: name, frame = 'all' }) => needsOrder(name) || (takesFrame(name) && frame !== 'all'),
    );
    if (orderBy.length > 0 || !ordered) return;
    const message = `“${WINDOW_NAMES[ordered.function]}” needs an order: without one no row is before another`;
    context.addIssue({ code: 'custom', path: ['orderBy'], message });
  });

export type ShapeWindowConfig = z.infer<typeof config>;

function newColumn(item: OverWindow, input: Columns): Column {
  const { function: name, as } = item;
  const standIn = name === 'lag' || name === 'lead' ? item.default : undefined;
  const column = takesColumn(name) === 'never' ? undefined : columnNamed(input, item.column ?? '');
  const nullable = takesColumn(name) === 'always';
  return { name: as, type: windowType(name, column, standIn), nullable };
}

function functionProblems(item: OverWindow, path: string, context: CheckContext): NodeProblem[] {
  const { function: name } = item;
  if (takesColumn(name) === 'never' || item.column === undefined) return [];
  const input = columnsAt(context, 'in');
  const column = columnNamed(input, item.column);
  const measure = asMeasure(name);
  return [
    ...missingColumn(input, item.column, `${path}.column`),
    ...(measure ? measureTypeProblems({ function: measure, as: item.as }, column, path) : []),
    ...((name === 'lag' || name === 'lead') && item.default !== undefined
      ? valueProblems(item.default, column, context.parameters, `${path}.default`)
      : []),
  ];
}

/** Adds columns computed over the rows around each row. */
export const shapeWindow: NodeDefinition<ShapeWindowConfig> = {
  type: 'shape.window',
  group: 'shape',
  title: 'Window',
  description: 'Numbers, compares and measures each row among the rows around it.',
  icon: 'panels-top-left',
  inputs: [{ id: 'in', kind: 'relation' }],
  outputs: [{ id: 'out', kind: 'relation' }],
  config,
  initialConfig: {},
  order: 'keeps',
  summary(config) {
    const names = itemsAt(config, 'functions').map((item) => textAt(item, 'as') || textAt(item, 'function') || '?');
    if (names.length === 0) return 'No function yet';
    const parts = textsAt(config, 'partitionBy');
    return short([names.join(', '), ...(parts.length > 0 ? [`for each ${parts.join(', ')}`] : [])].join(' '));
  },
  check(config, context) {
    const input = columnsAt(context, 'in');
    const taken = input?.map((column) => column.name) ?? [];
    return [
      ...config.partitionBy.flatMap((name, index) => missingColumn(input, name, `partitionBy.${index}`)),
      ...config.orderBy.flatMap(({ column }, index) => missingColumn(input, column, `orderBy.${index}.column`)),
      ...config.functions.flatMap((item, index) => functionProblems(item, `functions.${index}`, context)),
      ...repeatedColumns(
        [...taken, ...config.functions.map((item) => item.as)],
        (index) => `functions.${Math.max(0, index - taken.length)}.as`,
      ),
    ];
  },
  outputColumns(config, context) {
    const input = columnsAt(context, 'in');
    return { out: input && [...input, ...config.functions.map((item) => newColumn(item, input))] };
  },
  lineage(config, context) {
    const { columns, rows } = passedOn(context);
    const window = [...config.partitionBy, ...config.orderBy.map(({ column }) => column)].map((name) =>
      columnFrom(name),
    );
    const added = config.functions.map(({ function: name, column, as }): [string, Lineage] => [
      as,
      madeOf([takesColumn(name) === 'never' || column === undefined ? rowsFrom() : columnFrom(column)], window),
    ]);
    return { columns: new Map([...columns, ...added]), rows };
  },
  examples: [
    {
      title: 'Each customer’s orders, newest first, and what was spent so far',
      config: {
        partitionBy: ['O_CUSTKEY'],
        orderBy: [
          { column: 'O_ORDERDATE', direction: 'desc' },
          { column: 'O_ORDERKEY', direction: 'asc' },
        ],
        functions: [
          { function: 'rowNumber', as: 'NTH' },
          { function: 'sum', column: 'O_TOTALPRICE', frame: 'running', as: 'SO_FAR' },
          { function: 'lag', column: 'O_TOTALPRICE', offset: 1, default: 0, as: 'NEXT_NEWER' },
        ],
      },
    },
    {
      title: 'The average of three rows, and of all',
      config: {
        partitionBy: [],
        orderBy: [{ column: 'O_ORDERKEY', direction: 'asc', nulls: 'last' }],
        functions: [
          { function: 'avg', column: 'O_TOTALPRICE', frame: 'moving', preceding: 1, following: 1, as: 'SMOOTHED' },
          { function: 'avg', column: 'O_TOTALPRICE', frame: 'all', as: 'MEAN' },
          { function: 'ntile', buckets: 4, as: 'QUARTER' },
        ],
      },
    },
  ],
};
