import type { SearchHit } from '@snowflow/contracts/catalog/search.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';

/** Where a page ended: the next goes on behind it, also where the index was read anew meanwhile. */
export type SearchEnd = Pick<SearchHit, 'name' | 'database' | 'schema' | 'kind'> & { rank: number };

export function cursorOf({ rank, name, database, schema, kind }: SearchEnd): string {
  return Buffer.from(JSON.stringify([rank, name, database, schema, kind])).toString('base64url');
}

/** Throws VALIDATION on what no page gave. */
export function endOf(cursor: string | undefined): SearchEnd | undefined {
  if (cursor === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (isEnd(parsed)) {
      const [rank, name, database, schema, kind] = parsed;
      return { rank, name, database, schema, kind };
    }
  } catch {
    // Falls through to the refusal below.
  }
  throw new AppError('VALIDATION', 'The cursor is not one that a page gave.', {
    errors: [{ path: 'cursor', message: 'Use nextCursor of the page before' }],
  });
}

type End = [number, string, string, string | null, SearchEnd['kind']];

function isEnd(value: unknown): value is End {
  if (!Array.isArray(value) || value.length !== 5) return false;
  const [rank, name, database, schema, kind] = value as unknown[];
  const texts = [name, database, schema ?? '', kind].every((text) => typeof text === 'string');
  return typeof rank === 'number' && Number.isInteger(rank) && texts;
}
