import { z } from 'zod';
import { columnNamed, columnsAt, missingColumn, repeatedColumns } from '../kit/column-checks';
import { UNKNOWN_TYPE } from '../kit/column-types';
import { columnField, expressionField, nameField } from '../kit/fields';
import { count, itemsAt, short, textAt } from '../kit/half-filled';
import type { Column } from '@snowflow/contracts/documents/column';
import type { Columns, NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { expressionProblems, expressionQuestion } from './expression-types';
import { columnFrom, madeOf, readBy, rowsFrom } from '../kit/lineage-sources';

const chosen = z
  .strictObject({
    column: columnField().optional(),
    expression: expressionField({ hint: 'Instead of a column' }).optional(),
    as: nameField({ label: 'Name', placeholder: 'As it is' }).optional(),
  })
  .superRefine(({ column, expression, as }, context) => {
    if ((column === undefined) === (expression === undefined)) {
      context.addIssue({ code: 'custom', path: ['column'], message: 'Give a column or an expression, one of them' });
    }
    if (expression !== undefined && as === undefined) {
      context.addIssue({ code: 'custom', path: ['as'], message: 'Name the expression’s column' });
    }
  });

const config = z.strictObject({
  columns: z
    .array(chosen)
    .min(1, 'Choose a column')
    .max(1000)
    .meta({ ui: { label: 'Columns', addLabel: 'Add column' } }),
  keepOthers: z
    .boolean()
    .default(false)
    .meta({ ui: { label: 'Keep the other columns too' } }),
  ...commonSettings,
});

export type ShapeSelectConfig = z.infer<typeof config>;

/** One column of the result: where it comes from and what it is called. `path` is its field; a kept column has none. */
export interface SelectedColumn {
  source: { column: string } | { expression: string };
  as: string;
  path?: string;
}

/** The last answer by config: who checks and composes a node asks again and again about the same input. */
const answered = new WeakMap<ShapeSelectConfig, { input: Columns; selected: readonly SelectedColumn[] }>();

/**
 * The result's columns in order. With `keepOthers` a chosen input column stands in its own place under its new name, an
 * expression named like an input column replaces it, and further expressions follow.
 */
export function selectedColumns(config: ShapeSelectConfig, input: Columns): readonly SelectedColumn[] {
  const before = answered.get(config);
  if (before && before.input === input) return before.selected;
  const selected = selectColumns(config, input);
  answered.set(config, { input, selected });
  return selected;
}

function selectColumns(config: ShapeSelectConfig, input: Columns): SelectedColumn[] {
  const chosenColumns = config.columns.map((item, index): SelectedColumn => {
    const path = `columns.${index}`;
    return item.expression === undefined
      ? {
          source: { column: item.column ?? '' },
          as: item.as ?? item.column ?? '',
          path: `${path}.${item.as === undefined ? 'column' : 'as'}`,
        }
      : { source: { expression: item.expression }, as: item.as ?? '', path: `${path}.as` };
  });
  if (!config.keepOthers || input === undefined) return chosenColumns;
  const placeOf = ({ source, as }: SelectedColumn) => ('column' in source ? source.column : as);
  const taken = new Set(chosenColumns.map(placeOf));
  const placed = new Set<SelectedColumn>();
  const kept = input.flatMap(({ name }): SelectedColumn | SelectedColumn[] => {
    const here = taken.has(name) ? chosenColumns.filter((item) => placeOf(item) === name && !placed.has(item)) : [];
    here.forEach((item) => placed.add(item));
    return here.length > 0 ? here : { source: { column: name }, as: name };
  });
  return [...kept, ...chosenColumns.filter((item) => !placed.has(item))];
}

/** Chooses, renames and computes columns. */
export const shapeSelect: NodeDefinition<ShapeSelectConfig> = {
  type: 'shape.select',
  group: 'shape',
  title: 'Select columns',
  description: 'Chooses, renames and computes columns.',
  icon: 'columns-3',
  inputs: [{ id: 'in', kind: 'relation' }],
  outputs: [{ id: 'out', kind: 'relation' }],
  config,
  initialConfig: {},
  order: 'keeps',
  summary(config) {
    const columns = itemsAt(config, 'columns');
    if (columns.length === 0) return 'No column chosen';
    if (columns.length > 3) return count(columns.length, 'column');
    return short(columns.map((item) => textAt(item, 'as') || textAt(item, 'column') || '?').join(', '));
  },
  questions: (config, context) => expressionQuestion(config, context.inputs.in?.[0], context.parameters),
  check(config, context) {
    const input = columnsAt(context, 'in');
    const selected = selectedColumns(config, input);
    return [
      ...expressionProblems(config, context.known),
      ...config.columns.flatMap((item, index) =>
        item.column === undefined ? [] : missingColumn(input, item.column, `columns.${index}.column`),
      ),
      ...repeatedColumns(
        selected.map((item) => item.as),
        (index) => selected[index]?.path ?? 'columns',
      ),
    ];
  },
  outputColumns(config, context) {
    const input = columnsAt(context, 'in');
    if (input === undefined && config.keepOthers) return { out: undefined };
    return {
      out: selectedColumns(config, input).map(({ source, as }): Column => {
        const described = context.known?.state === 'found' ? context.known.columns : undefined;
        const from = 'column' in source ? columnNamed(input, source.column) : columnNamed(described, as);
        return { name: as, type: from?.type ?? UNKNOWN_TYPE, nullable: from?.nullable ?? true };
      }),
    };
  },
  lineage: (config, context) => ({
    columns: new Map(
      selectedColumns(config, columnsAt(context, 'in')).map(({ source, as }) => [
        as,
        'column' in source ? madeOf([columnFrom(source.column)]) : readBy(source.expression, context),
      ]),
    ),
    rows: madeOf([rowsFrom()]),
  }),
  sqlFields: (config, context) =>
    config.columns.flatMap((item, index) =>
      item.expression === undefined
        ? []
        : [
            {
              path: `columns.${index}.expression`,
              text: item.expression,
              kind: 'scalar' as const,
              columns: columnsAt(context, 'in'),
            },
          ],
    ),
  examples: [
    {
      title: 'Two columns and a price',
      config: {
        columns: [
          { column: 'L_ORDERKEY' },
          { column: 'L_SHIPDATE', as: 'SHIPPED' },
          { expression: 'L_EXTENDEDPRICE * (1 - L_DISCOUNT)', as: 'REVENUE' },
        ],
        keepOthers: false,
      },
    },
    {
      title: 'Add a column to all others',
      config: { columns: [{ expression: 'YEAR(L_SHIPDATE)', as: 'SHIP_YEAR' }], keepOthers: true },
    },
  ],
};
