import { AppError } from '@snowflow/contracts/errors/app-error';

/** A page ends at a name; the next begins after it. The cursor is that name, wrapped so that nobody builds one. */
export function cursorAt(name: string): string {
  return Buffer.from(JSON.stringify([name])).toString('base64url');
}

/** The name a page goes on after; undefined for the first page. Throws VALIDATION on what no page gave. */
export function nameOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && parsed.length === 1 && typeof parsed[0] === 'string') return parsed[0];
  } catch {
    // Falls through to the refusal below.
  }
  throw new AppError('VALIDATION', 'The cursor is not one that a page gave.', {
    errors: [{ path: 'cursor', message: 'Use nextCursor of the page before' }],
  });
}

/** Snowflake orders names by their code points, not by any language. */
export function byName(a: { name: string }, b: { name: string }): number {
  return Buffer.compare(Buffer.from(a.name), Buffer.from(b.name));
}

/** Cuts a page out of ordered items, of which `items` holds at least one more than the page where there are more. */
export function pageOf<Item extends { name: string }>(items: Item[], limit: number) {
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return { items: page, nextCursor: last && items.length > limit ? cursorAt(last.name) : null };
}
