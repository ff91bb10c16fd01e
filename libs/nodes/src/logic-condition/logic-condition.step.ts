import { columnsAlone } from '../kit/needed';
import { sql } from '../kit/sql/sql-fragment';
import { columnsNamed } from '../kit/sql/columns-named';
import { aggregateFragment, valueFragmentOf } from '../kit/sql/sql-text';
import type { StepNode } from '../kit/sql-node';
import type { LogicConditionConfig } from './logic-condition.definition';

/**
 * One row where the condition is true, none where it is false or NULL: the number of rows says it, and no value has to
 * leave Snowflake. The count inside makes every condition an aggregate: without it one that names no column would be
 * asked once for each row of the input.
 */
export const logicConditionStep: StepNode<LogicConditionConfig> = {
  type: 'logic.condition',
  kind: 'condition',
  statement({ expression }, { prelude, input, value, parameters }) {
    if (value)
      return sql`SELECT TRUE AS "TAKEN" WHERE COALESCE(${valueFragmentOf(expression, parameters, value)}, FALSE)`;
    const taken = sql`COALESCE(${aggregateFragment(expression, parameters)}, FALSE)`;
    const asked = sql`SELECT ${taken} AS "TAKEN", COUNT(*) AS "ROW_COUNT" FROM ${input.from}`;
    return sql`${prelude}SELECT "TAKEN", "ROW_COUNT" FROM (${asked}) WHERE "TAKEN"`;
  },
  columnsNeeded: ({ expression }, { columns }) => columnsAlone(columnsNamed(expression, columns)),
  portTaken: (_config, rowCount) => (rowCount > 0 ? 'true' : 'false'),
};
