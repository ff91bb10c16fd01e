import { z } from 'zod';
import { columnNamed, columnsAt, missingColumn } from '../kit/column-checks';
import { arityOf, OPERATOR_NAMES, OPERATORS, scalarValue } from '../kit/comparison';
import { columnField, expressionField } from '../kit/fields';
import { count, itemsAt, short, textAt } from '../kit/half-filled';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { conditionTypeProblems } from './condition-types';
import { allOf, columnFrom, passedOn, readBy } from '../kit/lineage-sources';

const condition = z
  .strictObject({
    column: columnField(),
    operator: z
      .enum(OPERATORS)
      .default('eq')
      .meta({ ui: { label: 'Operator', options: OPERATOR_NAMES } }),
    value: z
      .union([scalarValue, z.array(scalarValue).max(10_000)])
      .optional()
      .meta({ ui: { widget: 'value', label: 'Value' } }),
  })
  .superRefine(({ operator, value }, context) => {
    const arity = arityOf(operator);
    const fault = (message: string) => context.addIssue({ code: 'custom', path: ['value'], message });
    if (arity === 'none' && value !== undefined) fault('This operator takes no value');
    if (arity === 'one' && (value === undefined || Array.isArray(value))) fault('Give one value');
    if (arity === 'two' && !(Array.isArray(value) && value.length === 2)) fault('Give two values: from and to');
    if (arity === 'many' && !(Array.isArray(value) && value.length > 0)) fault('Give at least one value');
  });

const config = z
  .strictObject({
    match: z
      .enum(['all', 'any'])
      .default('all')
      .meta({ ui: { widget: 'segmented', label: 'Match', options: { all: 'All conditions', any: 'Any condition' } } }),
    conditions: z
      .array(condition)
      .min(1, 'Add a condition')
      .max(200)
      .optional()
      .meta({ ui: { label: 'Conditions', addLabel: 'Add condition' } }),
    expression: expressionField({ hint: 'Instead of conditions: keeps the rows for which it is true' }).optional(),
    ...commonSettings,
  })
  .superRefine(({ conditions, expression }, context) => {
    if (conditions !== undefined && expression !== undefined) {
      context.addIssue({ code: 'custom', path: ['expression'], message: 'Give conditions or an expression, not both' });
    }
    if (conditions === undefined && expression === undefined) {
      context.addIssue({ code: 'custom', path: ['conditions'], message: 'Add a condition or write an expression' });
    }
  });

export type ShapeFilterConfig = z.infer<typeof config>;
export type FilterCondition = z.infer<typeof condition>;

/** Keeps the rows that match. */
export const shapeFilter: NodeDefinition<ShapeFilterConfig> = {
  type: 'shape.filter',
  group: 'shape',
  title: 'Filter',
  description: 'Keeps the rows that match your conditions.',
  icon: 'filter',
  inputs: [{ id: 'in', kind: 'relation' }],
  outputs: [{ id: 'out', kind: 'relation' }],
  config,
  initialConfig: { match: 'all' },
  order: 'keeps',
  summary(config) {
    const expression = textAt(config, 'expression');
    if (expression !== '') return short(expression);
    const conditions = itemsAt(config, 'conditions');
    const [first] = conditions;
    if (!first) return 'No condition yet';
    if (conditions.length > 1) return `${count(conditions.length, 'condition')}, ${textAt(config, 'match') || 'all'}`;
    const operator = OPERATORS.find((candidate) => candidate === first.operator) ?? 'eq';
    const value = Array.isArray(first.value) ? first.value.join(', ') : String(first.value ?? '');
    return short(`${textAt(first, 'column') || '?'} ${OPERATOR_NAMES[operator]} ${value}`);
  },
  check(config, context) {
    const columns = columnsAt(context, 'in');
    return (config.conditions ?? []).flatMap((one, index) => [
      ...missingColumn(columns, one.column, `conditions.${index}.column`),
      ...conditionTypeProblems(one, columnNamed(columns, one.column), context.parameters, `conditions.${index}`),
    ]);
  },
  outputColumns: (_config, context) => ({ out: columnsAt(context, 'in') }),
  lineage({ conditions = [], expression }, context) {
    const read = expression === undefined ? [] : allOf(readBy(expression, context));
    return passedOn(context, [...conditions.map(({ column }) => columnFrom(column)), ...read]);
  },
  sqlFields: ({ expression }, context) =>
    expression === undefined
      ? []
      : [{ path: 'expression', text: expression, kind: 'scalar', columns: columnsAt(context, 'in') }],
  examples: [
    {
      title: 'Orders of one quarter',
      config: {
        match: 'all',
        conditions: [
          { column: 'O_ORDERDATE', operator: 'gte', value: '1993-10-01' },
          { column: 'O_ORDERDATE', operator: 'lt', value: '1994-01-01' },
        ],
      },
    },
    {
      title: 'By an expression',
      config: { match: 'all', expression: "O_TOTALPRICE > 1000 AND O_ORDERSTATUS <> 'F'" },
    },
    {
      title: 'One of several, or missing',
      config: {
        match: 'any',
        conditions: [
          { column: 'O_ORDERPRIORITY', operator: 'in', value: ['1-URGENT', '2-HIGH'] },
          { column: 'O_CLERK', operator: 'isNull' },
        ],
      },
    },
  ],
};
