import { AppError } from '@snowflow/contracts/errors/app-error';

/** Where the page before ended: lists are ordered by a time and an id, which of an approval is its run's with its step's. */
export interface PageEnd {
  at: Date;
  id: string;
}

export const DEFAULT_PAGE_SIZE = 50;

/** The opaque cursor after an item. */
function cursorAfter(end: PageEnd): string {
  return Buffer.from(JSON.stringify([end.at.getTime(), end.id])).toString('base64url');
}

/** Throws VALIDATION for what no list of ours answered; `ids` is how the ids of this list look. */
export function parseCursor(cursor: string | undefined, ids = /^[\w/-]{1,800}$/): PageEnd | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [at, id]: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Number.isSafeInteger(at) && typeof id === 'string' && ids.test(id)) {
      return { at: new Date(Number(at)), id };
    }
  } catch {
    // Not JSON: not a cursor of ours either.
  }
  throw new AppError('VALIDATION', 'The cursor is not one that a page of this list gave.', {
    errors: [{ path: 'cursor', message: 'Take it from nextCursor of the page before' }],
  });
}

/** Cuts a list that was read with one item more than the page holds. */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  endOf: (row: Row) => PageEnd,
  view: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(view), nextCursor: rows.length > limit && last ? cursorAfter(endOf(last)) : null };
}
