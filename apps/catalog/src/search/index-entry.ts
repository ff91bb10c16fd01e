import { SEARCH_KINDS, SearchHit, SearchKind } from '@snowflow/contracts/catalog/search.dto';

/** What a search knows of one object. */
export type IndexEntry = Omit<SearchHit, 'createdAt'> & { createdAtMs: number | null };

/** An entry as it is packed: its place stands beside it, since thousands share one. */
type Line = [name: string, rows: number | null, bytes: number | null, owner: string | null, more: More];
type More = [comment: string | null, createdAtMs: number | null, secure: 0 | 1];

/** Packs an entry, but for its kind and place. */
export function lineOf({ name, rowCount, bytes, owner, comment, createdAtMs, secure }: IndexEntry): string {
  const line: Line = [name, rowCount, bytes, owner, [comment, createdAtMs, secure ? 1 : 0]];
  return JSON.stringify(line);
}

/** What `lineOf` packed, as it is answered. */
export function hitOf(text: string, kind: SearchKind, database: string, schema: string | null): SearchHit {
  const [name, rowCount, bytes, owner, [comment, createdAtMs, secure]] = JSON.parse(text) as Line;
  const createdAt = createdAtMs === null ? null : new Date(createdAtMs).toISOString();
  return { kind, database, schema, name, rowCount, bytes, owner, comment, createdAt, secure: secure === 1 };
}

export const kindNumber = (kind: SearchKind): number => SEARCH_KINDS.indexOf(kind);
export const kindOfNumber = (index: number): SearchKind => SEARCH_KINDS[index] ?? 'table';

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The order of an index: by name, then by place and kind. No two objects are the same in it. */
export function inOrder(
  a: Pick<SearchHit, 'name' | 'database' | 'schema' | 'kind'>,
  b: Pick<SearchHit, 'name' | 'database' | 'schema' | 'kind'>,
): number {
  return (
    compare(a.name, b.name) ||
    compare(a.database, b.database) ||
    compare(a.schema ?? '', b.schema ?? '') ||
    compare(a.kind, b.kind)
  );
}
