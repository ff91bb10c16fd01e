import { z } from 'zod';
import { columnsAt } from '../kit/column-checks';
import { expressionField } from '../kit/fields';
import { short, textAt } from '../kit/half-filled';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { allOf, passedOn, readBy } from '../kit/lineage-sources';

const config = z.strictObject({
  expression: expressionField({
    label: 'Condition',
    hint: 'Over all rows: ROW_COUNT, SUM(…), MAX(…); over a value: VALUE. True takes the upper way; false or NULL the lower',
    placeholder: 'ROW_COUNT > 0',
  }),
  ...commonSettings,
});

export type LogicConditionConfig = z.infer<typeof config>;

/** Decides once over the whole input which way it goes on. */
export const logicCondition: NodeDefinition<LogicConditionConfig> = {
  type: 'logic.condition',
  group: 'logic',
  title: 'Condition',
  description: 'Decides over the whole input which way it goes on.',
  icon: 'split',
  inputs: [{ id: 'in', kind: 'either' }],
  outputs: [
    { id: 'true', kind: 'either', label: 'true' },
    { id: 'false', kind: 'either', label: 'false' },
  ],
  config,
  initialConfig: {},
  order: 'keeps',
  passes: { through: 'one', reads: true },
  summary: (config) => short(textAt(config, 'expression')) || 'No condition yet',
  check: () => [],
  outputColumns(_config, context) {
    const columns = columnsAt(context, 'in');
    return { true: columns, false: columns };
  },
  lineage: ({ expression }, context) =>
    passedOn(context, context.kinds['in'] === 'value' ? [] : allOf(readBy(expression, context, 'aggregate'))),
  sqlFields: ({ expression }, context) => [
    context.kinds['in'] === 'value'
      ? { path: 'expression', text: expression, kind: 'value' }
      : { path: 'expression', text: expression, kind: 'aggregate', columns: columnsAt(context, 'in') },
  ],
  examples: [
    { title: 'Are there rows', config: { expression: 'ROW_COUNT > 0' } },
    { title: 'Is a sum large', config: { expression: 'ROW_COUNT > 0 AND SUM(O_TOTALPRICE) > 1000000' } },
  ],
};
