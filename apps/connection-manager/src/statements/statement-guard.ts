import { AppError } from '@snowflow/contracts/errors/app-error';
import { leadingWords } from './leading-words';

const FILE_TRANSFER = new Set(['PUT', 'GET']);
const CHANGES_SESSION = new Set([
  'USE',
  'SET',
  'UNSET',
  'BEGIN',
  'START',
  'COMMIT',
  'ROLLBACK',
  'DECLARE',
  'EXECUTE IMMEDIATE',
  'ALTER SESSION',
]);
const TEMPORARY = new Set(['TEMP', 'TEMPORARY', 'VOLATILE']);

/**
 * What no statement of a workflow may be. PUT and GET make the driver read and write files of this server. What changes the session
 * would leak to the next statement's owner, for the session is shared. Throws SQL_FAILED.
 */
export function requireHarmless(sql: string): void {
  const words = leadingWords(sql, 5);
  const [first = '', second = ''] = words;
  // The driver looks at the first three characters only, so must we.
  if (FILE_TRANSFER.has(first) || /^(?:put|get)/i.test(sql.trim())) {
    throw refused(`${first} moves files and can't run here.`);
  }
  if (CHANGES_SESSION.has(first) || CHANGES_SESSION.has(`${first} ${second}`)) {
    throw refused(`${first} changes the session that other statements share, and can't run here.`);
  }
  if (first === 'CREATE' && words.slice(1).some((word) => TEMPORARY.has(word))) {
    throw refused("Temporary objects live in the session that other statements share, and can't be made here.");
  }
}

const refused = (message: string) => new AppError('SQL_FAILED', message);
