import { columnFunctionSql } from '../kit/row-function-sql';
import { join, sql } from '../kit/sql/sql-fragment';
import type { AiExtractConfig } from './ai-extract.definition';

/** The answers of the object that comes back; it has errors, too, which are nobody's fact. */
export const aiExtractSql = columnFunctionSql<AiExtractConfig>('ai.extract', (column, { questions }) => {
  const asked = join(questions.map(({ name, question }) => sql`${name}, ${question}`));
  return sql`GET(AI_EXTRACT(${column}, OBJECT_CONSTRUCT(${asked})), 'response')`;
});
