import { columnFunctionSql } from '../kit/row-function-sql';
import { sql } from '../kit/sql/sql-fragment';
import type { AiEmbedConfig } from './ai-embed.definition';

/** One call for each row. */
export const aiEmbedSql = columnFunctionSql<AiEmbedConfig>(
  'ai.embed',
  (column, config) => sql`CAST(AI_EMBED(${config.model}, ${column}) AS ARRAY)`,
);
