import { AppError } from '@snowflow/contracts/errors/app-error';
import { literal } from '@snowflow/nodes/kit/sql/literal';
import { identifierFault, quoteIdentifier } from '@snowflow/nodes/kit/sql/quote-identifier';

/** The most rows one SHOW gives. */
export const SHOW_LIMIT = 10_000;

interface ShowOptions {
  /** The names of the container, outermost first: none, a database, or a database and a schema. */
  within?: readonly string[];
  /** Everywhere, whatever the session's database is. */
  inAccount?: boolean;
  like?: string;
  limit?: number;
  after?: string;
}

/** A SHOW statement. Names are quoted and patterns are literals; nothing a person typed stands in it bare. */
export function show(
  objects: string,
  { within = [], inAccount = false, like, limit, after }: ShowOptions = {},
): string {
  const container = within.length === 2 ? 'SCHEMA' : 'DATABASE';
  return [
    `SHOW ${objects}`,
    like === undefined ? '' : `LIKE ${literal(like)}`,
    inAccount ? 'IN ACCOUNT' : '',
    within.length === 0 ? '' : `IN ${container} ${qualified(within)}`,
    limit === undefined ? '' : `LIMIT ${limit}`,
    after === undefined ? '' : `FROM ${literal(after)}`,
  ]
    .filter(Boolean)
    .join(' ');
}

export function describe(kind: 'TABLE' | 'VIEW' | 'SEMANTIC VIEW', name: readonly string[]): string {
  return `DESCRIBE ${kind} ${qualified(name)}`;
}

/** A quoted, dotted name. One that no object can have is answered as one that is not there. */
export function qualified(name: readonly string[]): string {
  if (name.some((part) => identifierFault(part) !== undefined)) {
    throw new AppError('SOURCE_NOT_FOUND', 'No object can have this name.');
  }
  return name.map(quoteIdentifier).join('.');
}

/** A LIKE pattern that matches a text itself, wherever it stands. */
export function containing(text: string): string {
  return `%${exactly(text)}%`;
}

/** A LIKE pattern that matches a text itself only, but for case. */
export function exactly(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}
