import { AppError } from '@snowflow/contracts/errors/app-error';

/** What Snowflake allows as the length of an identifier. */
const MAX_IDENTIFIER_LENGTH = 255;

/** Why a name can't be an identifier, as a sentence; undefined where it can. Any other name is legal once quoted. */
export function identifierFault(name: string): string | undefined {
  if (name === '') return 'Give a name';
  if (name.length > MAX_IDENTIFIER_LENGTH) return `A name has at most ${MAX_IDENTIFIER_LENGTH} characters`;
  if (name.includes('\0')) return 'A name can’t hold a NUL character';
  return undefined;
}

/** A name as a quoted Snowflake identifier: the only way by which a name enters SQL. */
export function quoteIdentifier(name: string): string {
  const fault = identifierFault(name);
  if (fault !== undefined) throw new AppError('INTERNAL', `A name reached SQL that can’t be an identifier. ${fault}.`);
  return `"${name.replaceAll('"', '""')}"`;
}
