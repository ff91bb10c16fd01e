import { answer, client } from './client';
import type { components } from './generated/schema';

const PAGE = 200;
/** Where a list goes on; null stands for its beginning. */
const from = (cursor: string | null) => ({ limit: PAGE, ...(cursor === null ? {} : { cursor }) });

export const fetchDatabases = (cursor: string | null, signal: AbortSignal) =>
  answer(client.GET('/api/v1/catalog/databases', { params: { query: from(cursor) }, signal }));

export const fetchSchemas = (database: string, cursor: string | null, signal: AbortSignal) =>
  answer(client.GET('/api/v1/catalog/schemas', { params: { query: { database, ...from(cursor) } }, signal }));

export const fetchSources = (database: string, schema: string, cursor: string | null, signal: AbortSignal) =>
  answer(client.GET('/api/v1/catalog/sources', { params: { query: { database, schema, ...from(cursor) } }, signal }));

export const fetchSource = (database: string, schema: string, name: string, signal: AbortSignal) =>
  answer(
    client.GET('/api/v1/catalog/sources/{database}/{schema}/{name}', {
      params: { path: { database, schema, name } },
      signal,
    }),
  );

/** A table or view, by all its names. */
export interface SourceRef {
  database: string;
  schema: string;
  name: string;
}

export type SearchHit = components['schemas']['SearchHit'];
export type SearchKind = SearchHit['kind'];
export type SourceDetail = components['schemas']['SourceDetailView'];

export const searchCatalog = (
  query: { q: string; kinds?: string; cursor?: string; limit: number },
  signal: AbortSignal,
) => answer(client.GET('/api/v1/catalog/search', { params: { query }, signal }));

export const refreshCatalog = () => answer(client.POST('/api/v1/catalog/refresh'));

export const fetchPreview = (path: SourceRef, signal: AbortSignal) =>
  answer(
    client.GET('/api/v1/catalog/sources/{database}/{schema}/{name}/preview', {
      params: { path, query: { limit: 50 } },
      signal,
    }),
  );

export const fetchSamples = (path: SourceRef, column: string, signal: AbortSignal) =>
  answer(
    client.GET('/api/v1/catalog/sources/{database}/{schema}/{name}/samples', {
      params: { path, query: { column } },
      signal,
    }),
  );

export type ColumnUse = components['schemas']['ColumnUseView'];

export const fetchColumnUses = ({ database, schema, name: table }: SourceRef, column: string, signal: AbortSignal) =>
  answer(
    client.GET('/api/v1/workflows/column-uses', { params: { query: { database, schema, table, column } }, signal }),
  );

export const fetchSourceUses = (path: SourceRef, cursor: string | null, signal: AbortSignal) =>
  answer(
    client.GET('/api/v1/catalog/sources/{database}/{schema}/{name}/used-by', {
      params: { path, query: from(cursor) },
      signal,
    }),
  );
