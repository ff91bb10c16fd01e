import { columnFunctionSql } from '../kit/row-function-sql';
import { sql } from '../kit/sql/sql-fragment';
import type { AiTranslateConfig } from './ai-translate.definition';

/** One call for each row. */
export const aiTranslateSql = columnFunctionSql<AiTranslateConfig>(
  'ai.translate',
  (column, config) => sql`AI_TRANSLATE(${column}, ${config.from}, ${config.to})`,
);
