import type { ActionNode } from '../kit/action-node';
import { selectAll } from '../kit/relations';
import { sql } from '../kit/sql/sql-fragment';
import type { StepNode } from '../kit/sql-node';
import type { OutputResponseConfig } from './output-response.definition';

/** Of a relation: the rows, in order; a reader fetches them by the statement's query id. */
export const outputResponseStep: StepNode<OutputResponseConfig> = {
  type: 'output.response',
  kind: 'query',
  statement: (_config, { prelude, input }) => sql`${prelude}${selectAll(input)}`,
  result: () => ({ name: 'Response', view: 'table' }),
};

/** Of a value: the value itself, which never has to go to Snowflake. */
export const outputResponseAction: ActionNode<OutputResponseConfig> = {
  type: 'output.response',
  run: (_config, { input }) => ({ value: input ?? null }),
};
