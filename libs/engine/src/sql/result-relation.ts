import { parameter, sql } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { Relation } from '@snowflow/nodes/kit/sql-node';
import type { PlannedNode } from '../plan/plan';

/** The name under which a statement binds the query id of another step. */
export const resultName = (stepId: string): string => `results.${stepId}`;

/** The rows that another step's statement gave, read again by its query id. Snowflake keeps them for a day, for the same person only. */
export function resultRelation(
  stepId: string,
  { columns }: PlannedNode,
  { hidden, order }: Pick<Relation, 'hidden' | 'order'>,
): Relation {
  return { from: sql`TABLE(RESULT_SCAN(${parameter(resultName(stepId))}))`, columns, hidden, order };
}
