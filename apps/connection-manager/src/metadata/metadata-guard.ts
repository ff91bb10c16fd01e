import { AppError } from '@snowflow/contracts/errors/app-error';
import { leadingWords } from '../statements/leading-words';

const METADATA_VERBS = new Set(['SHOW', 'DESCRIBE', 'DESC', 'EXPLAIN']);
const STRING_OR_COMMENT = /'(?:[^'\\]|''|\\.)*'|\$\$[\s\S]*?\$\$|--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
/** What stands after FROM, JOIN or a comma among sources: a path through INFORMATION_SCHEMA, or a function of it. */
const SOURCE =
  /\b(?:FROM|JOIN)\s+((?:TABLE\s*\(\s*)?(?:(?:"(?:[^"]|"")*"|[\w$]+)\s*\.\s*)*(?:"(?:[^"]|"")*"|[\w$]+))/gi;
const IN_INFORMATION_SCHEMA = /(?:^|[\s(.])(?:"INFORMATION_SCHEMA"|INFORMATION_SCHEMA)\s*\./i;

/** Lets only statements through that read metadata: rows of data never come by RPC. Throws VALIDATION. */
export function requireMetadata(sql: string): void {
  const [verb = ''] = leadingWords(sql, 1);
  if (METADATA_VERBS.has(verb)) return;
  const bare = sql.replace(STRING_OR_COMMENT, ' ');
  const sources = [...bare.matchAll(SOURCE)].map((match) => match[1] ?? '');
  const onlyMetadata =
    verb === 'SELECT' &&
    sources.length > 0 &&
    !/\bFROM\s*\(/i.test(bare) &&
    !hasSecondSource(bare) &&
    sources.every((source) => IN_INFORMATION_SCHEMA.test(source));
  if (onlyMetadata) return;
  const message = 'Only SHOW, DESCRIBE, EXPLAIN and SELECT from INFORMATION_SCHEMA are metadata.';
  throw new AppError('VALIDATION', message, { errors: [{ path: 'sql', message }] });
}

/** `FROM a, b`: a comma right after a source, with or without an alias. */
function hasSecondSource(bare: string): boolean {
  return /\bFROM\s+(?:"(?:[^"]|"")*"|[\w$.\s])+,/i.test(bare);
}
