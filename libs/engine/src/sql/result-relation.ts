import { parameter, sql } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { Relation } from '@snowflow/nodes/kit/sql-node';
import type { PlannedNode, PlanStep } from '../plan/plan';
import { tableFragment } from './scratch-table.sql';

/** The name under which a statement binds the query id of another step. */
export const resultName = (stepId: string): string => `results.${stepId}`;

/** The rows that another step gave: from the table that keeps them, else its statement's result, which Snowflake keeps for a day, for the same person only. */
export function givenRelation(
  { id, scratch }: Pick<PlanStep, 'id' | 'scratch'>,
  { columns }: PlannedNode,
  { hidden, order }: Pick<Relation, 'hidden' | 'order'>,
): Relation {
  const from = scratch ? tableFragment(scratch) : sql`TABLE(RESULT_SCAN(${parameter(resultName(id))}))`;
  return { from, columns, hidden, order };
}
