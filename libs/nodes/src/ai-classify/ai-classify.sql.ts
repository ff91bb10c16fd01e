import { columnFunctionSql } from '../kit/row-function-sql';
import { bind, join, sql } from '../kit/sql/sql-fragment';
import type { AiClassifyConfig } from './ai-classify.definition';

/** The first of the labels that the answer's object has. */
export const aiClassifySql = columnFunctionSql<AiClassifyConfig>('ai.classify', (column, { categories, task }) => {
  const names = sql`ARRAY_CONSTRUCT(${join(categories.map((name) => bind(name)))})`;
  const about = task === undefined ? sql`` : sql`, OBJECT_CONSTRUCT('task_description', ${task})`;
  return sql`CAST(GET(GET(AI_CLASSIFY(${column}, ${names}${about}), 'labels'), 0) AS VARCHAR)`;
});
