import { columnFunctionSql } from '../kit/row-function-sql';
import { sql } from '../kit/sql/sql-fragment';
import type { AiSentimentConfig } from './ai-sentiment.definition';

/** One call for each row. */
export const aiSentimentSql = columnFunctionSql<AiSentimentConfig>(
  'ai.sentiment',
  (column) => sql`SNOWFLAKE.CORTEX.SENTIMENT(${column})`,
);
