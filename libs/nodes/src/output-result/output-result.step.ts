import { selectAll } from '../kit/relations';
import { sql } from '../kit/sql/sql-fragment';
import type { StepNode } from '../kit/sql-node';
import type { OutputResultConfig } from './output-result.definition';

/** The rows, in order; a reader fetches them by the statement's query id. */
export const outputResultStep: StepNode<OutputResultConfig> = {
  type: 'output.result',
  kind: 'query',
  statement: (_config, { prelude, input }) => sql`${prelude}${selectAll(input)}`,
  result: ({ name, view, chart }) => ({ name, view, ...(chart === undefined ? {} : { chart }) }),
};
