import { z } from 'zod';
import type { Column } from '@snowflow/contracts/documents/column';
import { columnNamed, columnsAt, missingColumn, problem, repeatedColumns } from '../kit/column-checks';
import { scalarValue } from '../kit/comparison';
import { columnField, columnsField, nameField } from '../kit/fields';
import { itemsAt, short, textAt } from '../kit/half-filled';
import { MEASURE_FUNCTIONS, MEASURE_NAMES, MeasureFunction, measureType, measureTypeProblems } from '../kit/measures';
import type { CheckContext, Columns, NodeDefinition, NodeProblem } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { valueProblems } from '../kit/value-problems';
import { columnFrom, madeOf, rowsFrom } from '../kit/lineage-sources';

/** Those that leave empty values out: a column of the result measures the rows of its value by emptying all others. */
const PIVOT_FUNCTIONS = MEASURE_FUNCTIONS.filter((name) => name !== 'anyValue');
const { anyValue: _any, ...PIVOT_NAMES } = MEASURE_NAMES;

const measure = z
  .strictObject({
    function: z
      .enum(PIVOT_FUNCTIONS)
      .default('sum')
      .meta({ ui: { label: 'Measure', options: PIVOT_NAMES } }),
    column: columnField({ hint: '“count” without a column counts rows' }).optional(),
  })
  .superRefine(({ function: name, column }, context) => {
    if (name !== 'count' && column === undefined) {
      context.addIssue({ code: 'custom', path: ['column'], message: 'Choose a column' });
    }
  });

const pivotValue = z
  .strictObject({
    value: scalarValue.meta({ ui: { widget: 'value', label: 'Value', typedBy: 'column' } }),
    as: nameField({ label: 'Name', placeholder: 'As the value' }).optional(),
  })
  .superRefine(({ value, as }, context) => {
    if (as === undefined && String(value) === '') {
      context.addIssue({ code: 'custom', path: ['as'], message: 'Name the column of the empty text' });
    }
  });

const config = z.strictObject({
  groupBy: columnsField({ label: 'One row for each', hint: 'Empty: each combination of all other columns' }).optional(),
  column: columnField({ label: 'Column whose values become columns' }),
  values: z
    .array(pivotValue)
    .min(1, 'Add a value')
    .max(500)
    .meta({ ui: { label: 'Values', addLabel: 'Add value' } }),
  measure: measure.meta({ ui: { label: 'What to measure' } }),
  ...commonSettings,
});

export type ShapePivotConfig = z.infer<typeof config>;

/** What a value's column is called. */
export const pivotName = ({ value, as }: ShapePivotConfig['values'][number]): string => as ?? String(value);

/** The columns that tell the rows of the result apart; undefined where that is all others and these aren't known. */
export function groupsOf({ groupBy, column, measure: { column: measured } }: ShapePivotConfig, input: Columns) {
  if (groupBy?.length) return groupBy;
  return input?.map(({ name }) => name).filter((name) => name !== column && name !== measured);
}

function pivoted(config: ShapePivotConfig, context: CheckContext): Columns {
  const input = columnsAt(context, 'in');
  const groups = groupsOf(config, input)?.map(
    (name): Column => columnNamed(input, name) ?? { name, type: '', nullable: true },
  );
  const { function: name, column } = config.measure;
  const type = measureType(name, columnNamed(input, column ?? ''));
  const nullable = name !== 'count' && name !== 'countDistinct';
  return groups && [...groups, ...config.values.map((item) => ({ name: pivotName(item), type, nullable }))];
}

function valuesProblems({ values, column }: ShapePivotConfig, context: CheckContext): NodeProblem[] {
  const over = columnNamed(columnsAt(context, 'in'), column);
  return values.flatMap(({ value, as }, index) => {
    const path = `values.${index}`;
    const isTemplate = typeof value === 'string' && /\{\{\s*(parameters|nodes)\./.test(value);
    return [
      ...valueProblems(value, over, context.parameters, `${path}.value`),
      ...(isTemplate && as === undefined
        ? [problem('INVALID_CONFIG', `${path}.as`, 'Name its column: the value is known only when it runs')]
        : []),
    ];
  });
}

/** Turns values of a column into columns. */
export const shapePivot: NodeDefinition<ShapePivotConfig> = {
  type: 'shape.pivot',
  group: 'shape',
  title: 'Pivot',
  description: 'Turns the values of a column into columns, with a measure in each.',
  icon: 'table-properties',
  inputs: [{ id: 'in', kind: 'relation' }],
  outputs: [{ id: 'out', kind: 'relation' }],
  config,
  initialConfig: {},
  summary(config) {
    const values = itemsAt(config, 'values').map((item) => textAt(item, 'as') || String(item.value ?? '?'));
    const column = textAt(config, 'column');
    if (column === '') return 'No column yet';
    return short(`${column}: ${values.join(', ') || 'no value yet'}`);
  },
  check(config, context) {
    const input = columnsAt(context, 'in');
    const { groupBy = [], column, measure: measured, values } = config;
    const groups = groupsOf(config, input) ?? [];
    const name: MeasureFunction = measured.function;
    return [
      ...groupBy.flatMap((one, index) => missingColumn(input, one, `groupBy.${index}`)),
      ...missingColumn(input, column, 'column'),
      ...(measured.column === undefined ? [] : missingColumn(input, measured.column, 'measure.column')),
      ...measureTypeProblems({ function: name, as: '' }, columnNamed(input, measured.column ?? ''), 'measure'),
      ...valuesProblems(config, context),
      ...repeatedColumns([...groups, ...values.map(pivotName)], (index) =>
        index < groups.length ? `groupBy.${index}` : `values.${index - groups.length}.as`,
      ),
    ];
  },
  outputColumns: (config, context) => ({ out: pivoted(config, context) }),
  lineage(config, context) {
    const groups = groupsOf(config, columnsAt(context, 'in')) ?? [];
    const { column } = config.measure;
    const cell = madeOf([column === undefined ? rowsFrom() : columnFrom(column)], [columnFrom(config.column)]);
    return {
      columns: new Map([
        ...groups.map((name) => [name, madeOf([columnFrom(name)])] as const),
        ...config.values.map((item) => [pivotName(item), cell] as const),
      ]),
      rows: madeOf(
        [rowsFrom()],
        groups.map((name) => columnFrom(name)),
      ),
    };
  },
  examples: [
    {
      title: 'What each priority brought, by state',
      config: {
        groupBy: ['O_ORDERSTATUS'],
        column: 'O_ORDERPRIORITY',
        values: [{ value: '1-URGENT', as: 'URGENT' }, { value: '2-HIGH', as: 'HIGH' }, { value: '3-MEDIUM' }],
        measure: { function: 'sum', column: 'O_TOTALPRICE' },
      },
    },
    {
      title: 'Rows of two days',
      config: {
        groupBy: ['O_ORDERSTATUS'],
        column: 'O_ORDERDATE',
        values: [{ value: '1998-08-01' }, { value: '1998-08-02' }],
        measure: { function: 'count' },
      },
    },
  ],
};
