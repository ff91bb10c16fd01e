import { AppError } from '@snowflow/contracts/errors/app-error';
import { leadingWords } from '../statements/leading-words';

const METADATA_VERBS = new Set(['SHOW', 'DESCRIBE', 'DESC', 'EXPLAIN']);
/** Explains of a statement that it is given as a text; nothing of it is run. */
const EXPLAIN_PRIVILEGES = /^CALL EXPLAIN_PRIVILEGES\(statement => \?, missing_only => TRUE(, for_role => \?)?\)$/;
const STRING_OR_COMMENT = /'(?:[^'\\]|''|\\.)*'|\$\$[\s\S]*?\$\$|--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
const NAME = String.raw`(?:"(?:[^"]|"")*"|[\w$]+)`;
/** What stands after FROM or JOIN. */
const SOURCE = new RegExp(String.raw`\b(?:FROM|JOIN)\s+((?:TABLE\s*\(\s*)?${NAME}(?:\s*\.\s*${NAME})*)`, 'gi');
/** `INFORMATION_SCHEMA.X` or `DB.INFORMATION_SCHEMA.X`, a view or a table function. */
const IN_INFORMATION_SCHEMA = new RegExp(
  String.raw`^(?:TABLE\s*\(\s*)?(?:${NAME}\s*\.\s*)?(?:"INFORMATION_SCHEMA"|information_schema)\s*\.\s*${NAME}$`,
  'i',
);

/** Credits of statements, without their texts: the one view of account usage that is read. */
const ATTRIBUTION = 'SNOWFLAKE.ACCOUNT_USAGE.QUERY_ATTRIBUTION_HISTORY';

/** Lets only statements through that read metadata: rows of data never come by RPC. Throws VALIDATION. */
export function requireMetadata(sql: string): void {
  const [verb = ''] = leadingWords(sql, 1);
  if (METADATA_VERBS.has(verb) || EXPLAIN_PRIVILEGES.test(sql)) return;
  const bare = sql.replace(STRING_OR_COMMENT, ' ');
  const sources = [...bare.matchAll(SOURCE)].map((match) => match[1] ?? '');
  const onlyMetadata =
    verb === 'SELECT' &&
    sources.length > 0 &&
    !/\bFROM\s*\(/i.test(bare) &&
    !hasSecondSource(bare) &&
    sources.every((source) => IN_INFORMATION_SCHEMA.test(source) || source === ATTRIBUTION);
  if (onlyMetadata) return;
  const message =
    'Only SHOW, DESCRIBE, EXPLAIN and SELECT from INFORMATION_SCHEMA or QUERY_ATTRIBUTION_HISTORY are metadata.';
  throw new AppError('VALIDATION', message, { errors: [{ path: 'sql', message }] });
}

/** `FROM a, b`: a comma right after a source, with or without an alias. */
function hasSecondSource(bare: string): boolean {
  return /\bFROM\s+(?:"(?:[^"]|"")*"|[\w$.\s])+,/i.test(bare);
}
