import { columnFunctionSql } from '../kit/row-function-sql';
import { sql } from '../kit/sql/sql-fragment';
import type { AiSummarizeConfig } from './ai-summarize.definition';

/** One call for each row. */
export const aiSummarizeSql = columnFunctionSql<AiSummarizeConfig>(
  'ai.summarize',
  (column) => sql`SNOWFLAKE.CORTEX.SUMMARIZE(${column})`,
);
