import { problem } from '../kit/column-checks';
import type { NodeProblem } from '../kit/node-definition';
import { SqlTextError } from '../kit/sql/sql-text-error';
import { readTokens, SqlToken } from '../kit/sql/sql-tokens';

/** What an input may be called: a word that SQL takes without quotes. */
export const INPUT_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** Words that Snowflake takes for a name only in quotes. */
const RESERVED = new Set(
  `ACCOUNT ALL ALTER AND ANY AS BETWEEN BY CASE CAST CHECK COLUMN CONNECT CONNECTION CONSTRAINT CREATE CROSS CURRENT CURRENT_DATE
   CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DATABASE DELETE DISTINCT DROP ELSE EXISTS FALSE FOLLOWING FOR FROM FULL GRANT GROUP
   GSCLUSTER HAVING ILIKE IN INCREMENT INNER INSERT INTERSECT INTO IS ISSUE JOIN LATERAL LEFT LIKE LOCALTIME LOCALTIMESTAMP MINUS
   NATURAL NOT NULL OF ON OR ORDER ORGANIZATION QUALIFY REGEXP REVOKE RIGHT RLIKE ROW ROWS SAMPLE SCHEMA SELECT SET SOME START TABLE
   TABLESAMPLE THEN TO TRIGGER TRUE TRY_CAST UNION UNIQUE UPDATE USING VALUES VIEW WHEN WHENEVER WHERE WITH`.split(
    /\s+/,
  ),
);

/** The name under which a query finds an input: as Snowflake reads an unquoted word. */
export const relationName = (input: string): string => input.toUpperCase();

/** Names of inputs that the text can't reach: words of SQL without quotes, and those that the text gives to a query of its own. */
export function nameProblems(inputs: readonly string[], text: string): NodeProblem[] {
  const tokens = solidTokens(text);
  return inputs.flatMap((input) => {
    const name = relationName(input);
    if (tokens.some((_token, index) => namesQuery(tokens, index, name))) {
      const message = `The query calls a part of its own “${input}”, as an input is called`;
      return [problem('INVALID_SQL', 'sql', message, 'Give one of them another name')];
    }
    const unquoted = RESERVED.has(name) && !tokens.some((token) => token.text === `"${name}"`);
    if (!unquoted) return [];
    const message = `“${input}” is a word of SQL, so the query finds the input only as "${name}"`;
    return [problem('INVALID_SQL', 'sql', message, `Write "${name}", or give the input another name`)];
  });
}

/** `name AS (` or `name (a, b) AS (`, as it stands in WITH. */
function namesQuery(tokens: readonly SqlToken[], index: number, name: string): boolean {
  if (asName(tokens[index]) !== name) return false;
  let at = index + 1;
  if (tokens[at]?.text === '(') at = tokens.findIndex((token, place) => place > at && token.text === ')') + 1;
  return tokens[at]?.text.toUpperCase() === 'AS' && tokens[at + 1]?.text === '(';
}

function asName(token: SqlToken | undefined): string | undefined {
  if (token?.kind === 'word') return token.text.toUpperCase();
  return token?.kind === 'quoted' ? token.text.slice(1, -1) : undefined;
}

function solidTokens(text: string): SqlToken[] {
  try {
    return readTokens(text).filter((token) => token.kind !== 'space');
  } catch (error) {
    // What can't be read is a problem of its own.
    if (error instanceof SqlTextError) return [];
    throw error;
  }
}
