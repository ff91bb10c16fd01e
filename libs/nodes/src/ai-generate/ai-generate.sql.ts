import { rowFunctionSql } from '../kit/row-function-sql';
import { bind, identifier, join, parameter, sql, type SqlFragment } from '../kit/sql/sql-fragment';
import { type DeclaredParameters, valueTemplate } from '../kit/sql/sql-text';
import { itemNames } from '../kit/text-template';
import type { AiGenerateConfig } from './ai-generate.definition';

const COLUMN = /\{\{\s*item\.([A-Za-z0-9_.-]+)\s*\}\}/;

/** AI_COMPLETE of each row's own prompt. */
export const aiGenerateSql = rowFunctionSql<AiGenerateConfig>('ai.generate', {
  call({ model, prompt, temperature, maxTokens }, parameters) {
    const asked = promptFragment(prompt, parameters);
    const options = [
      ...(temperature === undefined ? [] : [sql`'temperature', ${temperature}`]),
      ...(maxTokens === undefined ? [] : [sql`'max_tokens', ${maxTokens}`]),
    ];
    const more = options.length === 0 ? sql`` : sql`, OBJECT_CONSTRUCT(${join(options)})`;
    return sql`AI_COMPLETE(${model}, ${asked}${more})`;
  },
  reads: ({ prompt }) => itemNames(prompt) ?? [],
});

/** Columns as what they are, all else as binds. An empty column leaves nothing where it stands: it would empty the whole prompt. */
function promptFragment(prompt: string, parameters: DeclaredParameters): SqlFragment {
  const pieces = valueTemplate(prompt, parameters).flatMap((piece) =>
    typeof piece === 'string' ? textPieces(piece) : [parameter(piece.parameter, 'VARCHAR')],
  );
  return sql`(${join(pieces, ' || ')})`;
}

/** The pieces at odd places are names of columns. */
function textPieces(text: string): SqlFragment[] {
  return text
    .split(COLUMN)
    .map((piece, index) => (index % 2 === 0 ? bind(piece) : sql`COALESCE(CAST(${identifier(piece)} AS VARCHAR), '')`))
    .filter((_, index, all) => index % 2 === 1 || all[index]?.parts.some((part) => !isEmpty(part)));
}

const isEmpty = (part: SqlFragment['parts'][number]) => typeof part === 'object' && 'bind' in part && part.bind === '';
