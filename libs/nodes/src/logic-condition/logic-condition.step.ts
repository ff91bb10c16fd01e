import { sql } from '../kit/sql/sql-fragment';
import { aggregateFragment } from '../kit/sql/sql-text';
import type { StepNode } from '../kit/sql-node';
import type { LogicConditionConfig } from './logic-condition.definition';

/**
 * One row with one boolean. The count beside it makes every condition an aggregate: without it one that names no column
 * would give a row for each row of the input.
 */
export const logicConditionStep: StepNode<LogicConditionConfig> = {
  type: 'logic.condition',
  kind: 'condition',
  statement({ expression }, { prelude, input, parameters }) {
    const taken = aggregateFragment(expression, parameters);
    return sql`${prelude}SELECT COALESCE(${taken}, FALSE) AS "TAKEN", COUNT(*) AS "ROW_COUNT" FROM ${input.from}`;
  },
};
